/** The page of captured letters, for a trial without a mail server: whoever may open it may open every link in them. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Router, type Request, type Response } from 'express'
import { translate } from '../../admin/locale/index.ts'
import { env } from '../env.ts'
import { formatMoment } from '../domain/date-format.ts'
import type { Language } from '../domain/language.ts'
import type { Captured } from '../mail/transport.ts'
import { escape } from './brand.ts'
import { icons, keepSecret, sendPage, visitOf } from './links/page.ts'

const NAME = /^[\w-]+$/
const shown = 200

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** The newest letters first. */
async function letters(folder: string): Promise<{ name: string; letter: Captured }[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    // Nothing was sent yet.
    if (isMissing(error)) return []
    throw error
  })
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5))
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, `${name}.json`))).mtimeMs })),
  )
  const newest = dated.sort((a, b) => b.at - a.at).slice(0, shown)
  return Promise.all(newest.map(async ({ name }) => ({ name, letter: await read(folder, name) })))
}

const read = async (folder: string, name: string): Promise<Captured> =>
  JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Captured

async function find(folder: string, name: string): Promise<Captured | null> {
  if (!NAME.test(name)) return null
  return read(folder, name).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
}

const words = (language: Language) => (key: string) => escape(translate(language, `mail.outbox.${key}`))

/** The router of `/outbox`; mounted at the root and only where the process has made its own database. */
export function outboxViewer(folder: string = join(env().DATA_DIR, 'outbox')): Router {
  if (env().NODE_ENV === 'production') throw new Error('captured letters are not shown in production')
  const router = Router()

  router.get('/outbox', async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const w = words(visit.language)
    const now = new Date()
    const items = (await letters(folder)).map(
      ({ name, letter }) =>
        `<li><span class="grow"><b lang=""><a href="/outbox/${name}">${escape(letter.subject)}</a></b><span class="hint">${escape(letter.to)} · ${escape(formatMoment(new Date(letter.date), env().TIMEZONE, now, visit.language))}</span></span></li>`,
    )
    const list = items.length
      ? `<ul class="papers">${items.join('')}</ul>`
      : `<div class="pad"><h2>${w('empty')}</h2><p class="lead">${w('emptyText')}</p></div>`
    const body = `<div class="head"><div><h1>${w('title')}</h1></div><a class="btn s" href="/outbox/samples">${w('samples')}</a></div><section class="card">${list}</section>`
    sendPage(visit, { title: translate(visit.language, 'mail.outbox.title'), body })
  })

  router.get('/outbox/:name', async (request: Request, response: Response, next) => {
    const name = String(request.params['name'])
    const letter = await find(folder, name)
    if (!letter) return next()
    const visit = visitOf(request, response)
    const w = words(visit.language)
    const files = letter.attachments.map(
      ({ fileName }, index) =>
        `<a class="btn s" href="/outbox/${name}/files/${index}">${icons.download}${escape(fileName)}</a>`,
    )
    const date = formatMoment(new Date(letter.date), env().TIMEZONE, new Date(), visit.language)
    const body = `<p><a href="/outbox">${w('back')}</a></p><div class="head"><div><h1 lang="">${escape(letter.subject)}</h1><p class="lead">${w('from')}: ${escape(letter.from)} · ${w('to')}: ${escape(letter.to)} · ${escape(date)}</p></div></div>
${files.length ? `<div class="row" aria-label="${w('attachments')}">${files.join('')}</div>` : ''}
<section class="card letter"><header><h2>${w('html')}</h2></header><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/outbox/${name}/html" title="${w('html')}" width="100%" height="900"></iframe></section>
<section class="card"><header><h2>${w('text')}</h2></header><pre class="pad" lang="">${escape(letter.text)}</pre></section>`
    sendPage(visit, { title: letter.subject, body, frames: true })
  })

  router.get('/outbox/:name/html', async (request: Request, response: Response, next) => {
    const letter = await find(folder, String(request.params['name']))
    if (!letter) return next()
    sendLetter(response, letter.html)
  })

  router.get('/outbox/:name/files/:index', async (request: Request, response: Response, next) => {
    const letter = await find(folder, String(request.params['name']))
    const file = letter?.attachments[Number(request.params['index'])]
    if (!file) return next()
    keepSecret(response)
    response.attachment(file.fileName).type(file.mime).send(Buffer.from(file.content, 'base64'))
  })
  return router
}

/** The HTML of a letter as a mail program shows it: no script, no frame, links in a tab of their own. */
export function sendLetter(response: Response, html: string): void {
  keepSecret(response)
  response.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  )
  response.type('html').send(html.replace('<head>', '<head><base target="_blank">'))
}
