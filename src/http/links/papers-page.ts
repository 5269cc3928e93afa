/** The page of a client without an account: the papers of one letter, to open or to keep. */
import { paperNames } from '../../queries/mails/paper-names.ts'
import { formatDay } from '../../domain/date-format.ts'
import { formatMoney } from '../../domain/money.ts'
import type { AccessLink } from '../../models/access-link.ts'
import { sidesOf, type MadeRegister, type Paper } from '../../queries/mails/letter-facts.ts'
import { escape } from '../brand.ts'
import { icons, sendNotice, sendPage, type Visit } from './page.ts'

const who = ({ tell, language }: Visit, link: AccessLink): string => {
  const until = formatDay(link.expiresAt.toISOString().slice(0, 10), language)
  return link.recipient ? tell('for', { reader: link.recipient, until }) : tell('until', { until })
}

export async function sendPapersPage(
  visit: Visit,
  link: AccessLink,
  papers: readonly Paper[],
): Promise<void> {
  const { language, say, tell } = visit
  const sides = papers[0] ? await sidesOf(papers[0].id) : null
  if (!sides)
    return sendNotice(visit, {
      title: tell('papers.none'),
      text: tell('papers.noneText'),
      tone: 'fail',
      status: 410,
    })
  const base = escape(visit.request.baseUrl + visit.request.path)
  const items = papers.map((paper) => {
    const name = `${paperNames[language][paper.kind]} №\u00a0${paper.number}`
    const facts = [
      `${tell('papers.of')} ${formatDay(paper.issuedOn, language)}`,
      paper.totalMinor > 0 && formatMoney(paper.totalMinor, paper.currency, language),
      paper.pageCount !== null && tell('papers.pages', { count: paper.pageCount }),
    ].filter(Boolean)
    const address = `${base}/papers/${paper.id}`
    return `<li>${icons.file}<span class="grow"><b>${escape(name)}</b><span class="hint">${escape(facts.join(' · '))}</span></span><a class="btn" href="${address}" target="_blank" rel="noreferrer" aria-label="${say('papers.view')}: ${escape(name)}">${say('papers.view')}</a><a class="btn" href="${address}?download=1" aria-label="${say('papers.download')}: ${escape(name)}">${icons.download}${say('papers.download')}</a></li>`
  })
  const body = `<div class="head"><div><h1>${say('papers.title')}</h1><p class="lead">${say('papers.lead', sides)}</p></div></div><section class="card"><ul class="papers">${items.join('')}</ul></section>`
  sendPage(visit, { title: tell('papers.title'), body, who: who(visit, link) })
}

export function sendRegisterPage(visit: Visit, link: AccessLink, register: MadeRegister | null): void {
  const { say, tell } = visit
  if (!register)
    return sendNotice(visit, {
      title: tell('papers.none'),
      text: tell('papers.noneText'),
      tone: 'fail',
      status: 410,
    })
  const base = escape(visit.request.baseUrl + visit.request.path)
  const size = say('papers.size', { count: Math.ceil(register.size / 1024) })
  const body = `<div class="head"><div><h1>${say('papers.register')}</h1></div></div><section class="card"><ul class="papers"><li>${icons.file}<span class="grow"><b>${escape(register.fileName)}</b><span class="hint">${size}</span></span><a class="btn go" href="${base}/file">${icons.download}${say('papers.download')}</a></li></ul></section>`
  sendPage(visit, { title: tell('papers.register'), body, who: who(visit, link) })
}
