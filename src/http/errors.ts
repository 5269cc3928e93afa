/** What a person or a program is told when something fails: a code, an id to quote, never a stack. */
import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { translate } from '../../admin/locale/index.ts'
import { isDomainError } from '../domain/errors.ts'
import type { Language } from '../domain/language.ts'
import { log } from '../log.ts'
import type { Principal } from './current-request.ts'

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

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const page = (language: Language, title: string, detail: string): string => `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title><style>body{margin:15vh auto;max-width:28rem;padding:0 16px;font:14px/20px Inter,system-ui,sans-serif;color:#17202e;background:#f5f6f8}h1{font-size:20px;line-height:28px}</style>
<h1>${escape(title)}</h1><p>${escape(detail)}</p><p><a href="/admin">${escape(translate(language, 'failures.home'))}</a></p></html>`

/** A page of either door has the headers of its door; one outside of both gets its own here. */
function sendPage(response: Response, status: number, html: string): void {
  if (response.get('Content-Security-Policy') === undefined)
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
  response.status(status).type('html').send(html)
}

/** A refusal keeps its code; a faulty request its status; anything else is ours, logged under the id it shows. */
export const errorHandler: ErrorRequestHandler = (fault: unknown, request, response, next) => {
  if (response.headersSent) return next(fault)
  const principal = response.locals['principal'] as Principal | undefined
  const language = principal?.signedIn.language ?? 'ru'
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
    sendPage(response, status, page(language, translate(language, 'failures.title'), message))
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
  const message = translate('ru', 'errors.not-found')
  if (wantsPage(request))
    sendPage(response, 404, page('ru', message, translate('ru', 'failures.wrongAddress')))
  else response.status(404).json({ error: 'not-found', code: 'not-found', message })
}
