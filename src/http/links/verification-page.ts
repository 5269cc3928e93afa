/** `/v/:code`: whether a paper somebody holds is one of ours, and nothing about its owner but the short name. */
import { Router, type Request, type Response } from 'express'
import { QueryTypes } from 'sequelize'
import { paperNames } from '../../queries/mails/paper-names.ts'
import { sequelize } from '../../db/sequelize.ts'
import { formatDay } from '../../domain/date-format.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { formatMoney, type Currency } from '../../domain/money.ts'
import type { Paper } from '../../queries/mails/letter-facts.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { escape } from '../brand.ts'
import { sendNotice, sendOften, sendPage, visitOf, type Visit } from './page.ts'

type Verified = {
  kind: Paper['kind']
  number: string
  issuedOn: string
  totalMinor: number
  currency: Currency
  state: string
  seller: string
  customer: string
  newNumber: string | null
  newIssuedOn: string | null
}

/** @throws DomainError `link-unknown` */
const paperBy = async (code: string): Promise<Verified> => {
  const [paper] = await sequelize.query<Verified>(
    `select d.kind, d.number, d.issued_on as "issuedOn", d.total_minor as "totalMinor", d.currency, d.state,
            s.name as seller, coalesce(o.short_name, o.name) as customer,
            n.number as "newNumber", n.issued_on as "newIssuedOn"
     from documents d join organisations s on s.id = d.seller_id join organisations o on o.id = d.organisation_id
     left join documents n on n.id = d.replaced_by_id
     where d.verification_code = $1 and d.state in ('ready', 'published', 'cancelled')`,
    { type: QueryTypes.SELECT, bind: [code] },
  )
  if (!paper) throw new DomainError('link-unknown')
  return paper
}

/** As it is printed, «7KQ2-M4XN-…», whatever case and signs it was typed with. */
const asPrinted = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replace(/(.{4})(?=.)/g, '$1-')

/** The router of `/v/:code`; mounted at the root. */
export function verificationPage(): Router {
  const router = Router()
  router.get('/v/:code', async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    const code = asPrinted(String(request.params['code'] ?? '').slice(0, 64))
    try {
      show(visit, code, await lookUpSecret(request, () => paperBy(code), 'paper'))
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      if (fault.code === 'link-often') return sendOften(visit)
      const { tell } = visit
      sendNotice(visit, {
        title: tell('verify.unknown'),
        text: tell('verify.unknownText'),
        tone: 'fail',
        status: 404,
      })
    }
  })
  return router
}

function show(visit: Visit, code: string, paper: Verified): void {
  const { language, say, tell } = visit
  const isValid = paper.state !== 'cancelled'
  const state = isValid
    ? tell('verify.valid')
    : paper.newNumber && paper.newIssuedOn
      ? tell('verify.replaced', { number: paper.newNumber, day: formatDay(paper.newIssuedOn, language) })
      : tell('verify.cancelled')
  const facts: [string, string][] = [
    ['kind', paperNames[language][paper.kind]],
    ['number', paper.number],
    ['day', formatDay(paper.issuedOn, language)],
    ['seller', paper.seller],
    ['customer', paper.customer],
    ...(paper.totalMinor > 0
      ? [['total', formatMoney(paper.totalMinor, paper.currency, language)] as [string, string]]
      : []),
    ['code', code],
  ]
  const list = facts
    .map(([key, value]) => `<dt>${say(`verify.${key}`)}</dt><dd>${escape(value)}</dd>`)
    .join('')
  const body = `<div class="head"><div><h1>${say('verify.title')}</h1></div></div><section class="card"><header><span class="state ${isValid ? 'done' : 'fail'}">${escape(state)}</span></header><div class="pad"><dl>${list}</dl></div></section><p class="hint">${say('verify.hint')}</p>`
  sendPage(visit, { title: tell('verify.title'), body, isCalm: true })
}
