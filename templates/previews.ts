/** A page for developers: every letter from its sample, in both languages, as a phone and a desk show it. */
import { Router, type Request, type Response } from 'express'
import { translate } from '../admin/locale/index.ts'
import { languages } from '../src/domain/language.ts'
import { sendPage, visitOf } from '../src/http/links/page.ts'
import { sendLetter } from '../src/http/outbox-viewer.ts'
import { mails } from './mails/index.ts'

/** The router of `/outbox/samples`; mounted beside the viewer of captured letters, before it. */
export function mailPreviews(): Router {
  const router = Router()

  router.get('/outbox/samples', (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const letters = mails.map(
      ({ kind }) =>
        `<section class="card"><header><h2 lang="zxx">${kind}</h2></header>${languages
          .map(
            (language) =>
              `<iframe sandbox="" src="/outbox/samples/${kind}/${language}" title="${kind} ${language}" width="390" height="760"></iframe>`,
          )
          .join('')}</section>`,
    )
    const title = translate(visit.language, 'mail.outbox.samples')
    sendPage(visit, { title, body: `<h1>${title}</h1>${letters.join('')}`, frames: true })
  })

  router.get('/outbox/samples/:kind/:language', async (request: Request, response: Response, next) => {
    const mail = mails.find(({ kind }) => kind === request.params['kind'])
    const language = languages.find((one) => one === request.params['language'])
    if (!mail || !language) return next()
    sendLetter(response, (await mail.sample(language)).html)
  })
  return router
}
