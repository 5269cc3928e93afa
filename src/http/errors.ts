/** What a person or a program is told when something fails: a code, an id to quote, never a stack. */
import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { translate } from '../../admin/locale/index.ts'
import { isDomainError } from '../domain/errors.ts'
import type { Language } from '../domain/language.ts'
import { log } from '../log.ts'
import { brand, brandStyle, escape, fontsOf, icon } from './brand.ts'
import type { Principal } from './current-request.ts'
import { doors } from './doors.ts'
import { visitorLanguage } from './language-cookie.ts'

const statuses: Readonly<Record<string, number>> = {
  forbidden: 403,
  'not-found': 404,
  'stale-record': 409,
  'already-exists': 409,
}

const wantsPage = (request: Request): boolean =>
  request.method === 'GET' &&
  !/\/(api|desk)\//.test(request.originalUrl) &&
  request.accepts(['json', 'html']) === 'html'

const style = `*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:#f5f6f8;color:#17202e;font:14px/20px Inter,system-ui,sans-serif}
main{width:100%;max-width:380px}
${brandStyle}
section{background:#fff;border:1px solid #e2e6ec;border-radius:12px;padding:24px;box-shadow:0 1px 2px rgba(23,32,46,.06)}
h1{font-size:20px;line-height:28px;font-weight:600;margin:0 0 8px}
p{margin:0 0 16px;overflow-wrap:anywhere}
a{display:flex;align-items:center;justify-content:center;min-height:44px;border-radius:8px;background:#2450c8;color:#fff;font-weight:600;text-decoration:none}
a:hover{background:#1b3fa3}a:focus-visible{outline:2px solid #2450c8;outline-offset:2px}`

type Place = Readonly<{ language: Language; home: string }>

type Failure = Place & Readonly<{ status: number; title: string; detail: string }>

const page = ({ language, home, title, detail }: Failure, fonts: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)} · certdesk</title><link rel="icon" href="${icon}">${fonts}<style>${style}</style></head><body><main>${brand}
<section><h1>${escape(title)}</h1><p>${escape(detail)}</p><a href="${home}">${escape(translate(language, 'failures.home'))}</a></section></main></body></html>`

/** Whose page it is and where they come from; a stranger reads the language of the cookie. */
function placeOf(request: Request, response: Response): Place {
  const principal = response.locals['principal'] as Principal | undefined
  const isCabinet = request.originalUrl.startsWith(doors.client.root)
  return {
    language: principal?.signedIn.language ?? visitorLanguage(request, response),
    home: isCabinet ? doors.client.root : doors.staff.root,
  }
}

/** A page of either door has the headers of its door; one outside of both gets its own here. */
function sendPage(response: Response, failure: Failure): void {
  const fonts = fontsOf(response)
  if (response.get('Content-Security-Policy') === undefined)
    response.set({
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'${fonts ? " 'self'; font-src 'self'" : ''}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
  response.status(failure.status).type('html').send(page(failure, fonts))
}

/** A refusal keeps its code; a faulty request its status; anything else is ours, logged under the id it shows. */
export const errorHandler: ErrorRequestHandler = (fault: unknown, request, response, next) => {
  if (response.headersSent) return next(fault)
  const place = placeOf(request, response)
  const { language } = place
  const claimed = Number((fault as { status?: unknown } | null)?.status)
  const isClients = claimed >= 400 && claimed < 500
  const status = isDomainError(fault) ? (statuses[fault.code] ?? 422) : isClients ? claimed : 500
  const code = isDomainError(fault) ? fault.code : isClients ? 'bad-request' : 'internal'
  const id = randomUUID().slice(0, 8)
  if (status === 500)
    log.error({ err: fault, id, method: request.method, path: request.path }, 'request failed')

  const params = isDomainError(fault) ? { ...fault.params } : { id }
  const message = translate(language, `errors.${code}`, params)
  if (wantsPage(request)) {
    sendPage(response, { ...place, status, title: translate(language, 'failures.title'), detail: message })
    return
  }
  response.status(status).json({
    error: code,
    code,
    message,
    params,
    ...(isDomainError(fault) && fault.fields && { fields: fault.fields }),
    notice: { type: 'error', message: `errors.${code}`, options: params },
  })
}

export const notFound: RequestHandler = (request, response) => {
  const place = placeOf(request, response)
  const said = (key: string) => translate(place.language, key)
  if (wantsPage(request))
    sendPage(response, {
      ...place,
      status: 404,
      title: said('screens.nowhere.title'),
      detail: said('screens.nowhere.text'),
    })
  else response.status(404).json({ error: 'not-found', code: 'not-found', message: said('errors.not-found') })
}
