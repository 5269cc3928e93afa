/** The page of the accountant without an account: the request on top, the answer in it, the two other ways below. */
import { translate } from '../../../admin/locale/index.ts'
import { answerColumns, vatLabel } from '../../reports/answer-workbook.ts'
import { formatDay, formatExactMoment, formatMoment } from '../../domain/date-format.ts'
import type { FieldFault } from '../../domain/errors.ts'
import { formatTypedDay } from '../../domain/typed-day.ts'
import { currencySymbol, formatQuantity, formatSum } from '../../domain/money.ts'
import type { AccessLink } from '../../models/access-link.ts'
import type { RequestSheet } from '../../queries/accounting/request-sheet.ts'
import { escape } from '../brand.ts'
import type { Faults, Typed } from './accountant-form.ts'
import { icons, sendPage, type Visit } from './page.ts'
import { maxFileMib } from './read-form.ts'

export type AccountantPage = Readonly<{
  link: AccessLink
  sheet: RequestSheet
  now: Date
  typed?: Typed
  faults?: Faults
  /** Files were sent along with something wrong: a browser does not fill them in again. */
  hadFiles?: boolean
  /** Which of the folded ways was used. */
  open?: 'refuse' | 'sheet'
  status?: number
}>

const nothing: Faults = new Map()

/** A sentence for a fault, in HTML: this page names the file or the cell where the back office need not. */
const sentence = ({ tell, language }: Visit, { code, params }: FieldFault) =>
  escape(code.includes('.') ? translate(language, `errors.${code}`, params) : tell(`errors.${code}`, params))

export function sendAccountantPage(visit: Visit, page: AccountantPage): void {
  const { language, say, tell } = visit
  const { sheet, link, now } = page
  const { timezone } = sheet.seller
  const until = formatExactMoment(link.expiresAt, timezone, language).slice(0, -3)
  const when = formatMoment(sheet.createdAt, timezone, now, language)
  const { organisation, contract } = sheet
  const requisites = [
    organisation.name,
    organisation.taxId && `${tell('request.inn')}\u00a0${organisation.taxId}`,
    organisation.kpp && `${tell('request.kpp')}\u00a0${organisation.kpp}`,
    contract &&
      `${tell('request.contract')} ${contract.number} ${tell('request.of')}\u00a0${formatDay(contract.signedOn, language)}`,
  ].filter(Boolean)
  const asked = sheet.requestedBy
    ? tell('request.asked', { name: sheet.requestedBy, when })
    : tell('request.askedPlain', { when })
  const title = tell('request.title', { number: sheet.number })
  const body = `<div class="head"><div><h1>${escape(title)}</h1><p class="lead">${escape(requisites.join(', '))} · ${escape(asked)}</p></div><span class="state yours">${say('request.yours')}</span></div>
${summary(visit, page)}
<form method="post" enctype="multipart/form-data" novalidate>
${lines(visit, page)}
${files(visit, page)}
<div class="row"><button class="btn go" name="action" value="confirm">${say('request.confirm')}</button></div>
</form>
${refusal(visit, page)}
${workbook(visit, page)}`
  sendPage(visit, {
    title,
    body,
    who: link.recipient ? tell('for', { reader: link.recipient, until }) : tell('until', { until }),
    ...(page.status && { status: page.status }),
  })
}

function summary(visit: Visit, { faults = nothing, sheet, hadFiles }: AccountantPage): string {
  if (faults.size === 0) return ''
  const items = [...faults].map(
    ([field, fault]) =>
      `<li><a href="#${field.startsWith('rows.') ? 'workbook' : escape(field)}">${escape(place(visit, field, sheet))}${sentence(visit, fault)}</a></li>`,
  )
  const again = hadFiles ? `<li><a href="#files">${visit.say('request.filesAgain')}</a></li>` : ''
  return `<div class="sum" role="alert"><b>${visit.say('request.faults', { count: faults.size })}</b><ul>${items.join('')}${again}</ul></div>`
}

/** «Документ №, строка 2: »; faults of the table bring their own place. */
function place({ tell, language }: Visit, field: string, sheet: RequestSheet): string {
  const cell = /^rows\.(\d+)(?:\.(\w+))?$/.exec(field)
  if (cell) {
    const column = answerColumns.find(({ key }) => key === cell[2])?.header[language]
    const row = Number(cell[1])
    return `${column ? tell('request.line', { row, column }) : tell('request.row', { row })}: `
  }
  const [name = '', id] = field.split('_')
  const row = sheet.lines.findIndex(({ lineId }) => String(lineId) === id) + 1
  if (row === 0) return ''
  const column = name === 'on' ? tell('request.date') : tell('request.number')
  return `${tell('request.lineName', { column, row })}: `
}

const faultOf = (visit: Visit, { faults = nothing }: AccountantPage, name: string) => {
  const fault = faults.get(name)
  return fault
    ? {
        attributes: ` aria-invalid="true" aria-describedby="${name}-fault"`,
        html: `<p class="fault" id="${name}-fault">${icons.warning}<span>${sentence(visit, fault)}</span></p>`,
      }
    : { attributes: '', html: '' }
}

function input(
  visit: Visit,
  page: AccountantPage,
  field: { name: string; label: string; value?: string; max?: number; placeholder?: string },
): string {
  const { name, label, max = 100 } = field
  const fault = faultOf(visit, page, name)
  const value = page.typed?.get(name) ?? field.value ?? ''
  return `<input id="${name}" name="${name}" type="text" value="${escape(value)}" aria-label="${escape(label)}"${field.placeholder ? ` placeholder="${escape(field.placeholder)}"` : ''} maxlength="${max}" autocomplete="off"${fault.attributes}>${fault.html}`
}

function kind({ say }: Visit, { typed }: AccountantPage, name: string, label: string): string {
  const chosen = typed?.get(name) ?? 'upd'
  const option = (value: string, text: string) =>
    `<option value="${value}"${chosen === value ? ' selected' : ''}>${text}</option>`
  return `<select id="${name}" name="${name}" aria-label="${escape(label)}">${option('upd', say('request.upd'))}${option('tax_invoice', say('request.taxInvoice'))}</select>`
}

function lines(visit: Visit, page: AccountantPage): string {
  const { language, say, tell } = visit
  const { sheet } = page
  const base = visit.request.baseUrl + visit.request.path
  const day = {
    value: formatTypedDay(sheet.shipmentOn, language),
    placeholder: translate(language, 'formats.type_day'),
  }
  const rows = sheet.lines.map((line, index) => {
    const named = (column: string) => tell('request.lineName', { column, row: index + 1 })
    const cell = (field: string, key: string, more: { value?: string; placeholder?: string } = {}) =>
      `<td data-label="${say(`request.${key}`)}">${input(visit, page, { name: `${field}_${line.lineId}`, label: named(tell(`request.${key}`)), ...more })}</td>`
    const hasMore = page.typed?.get(`external_${line.lineId}`) || page.typed?.get(`comment_${line.lineId}`)
    return `<tr><td class="name">${escape(line.name)}<details${hasMore ? ' open' : ''}><summary>${say('request.external')}, ${say('request.comment')}</summary><div class="more">${input(visit, page, { name: `external_${line.lineId}`, label: named(tell('request.external')), placeholder: tell('request.external') })}${input(visit, page, { name: `comment_${line.lineId}`, label: named(tell('request.comment')), max: 1000, placeholder: tell('request.comment') })}</div></details></td>
<td class="num" data-label="${say('request.quantity')}">${escape(`${formatQuantity(line.quantity, language)}\u00a0${line.unit}`)}</td><td class="num" data-label="${say('request.sum')}">${escape(formatSum(line.totalMinor, language))}</td><td class="num" data-label="${say('request.vat')}">${escape(vatLabel(line.vatPercent, language))}</td>
<td data-label="${say('request.kind')}">${kind(visit, page, `kind_${line.lineId}`, named(tell('request.kind')))}</td>${cell('number', 'number')}${cell('on', 'date', day)}</tr>`
  })
  const common =
    sheet.lines.length < 2
      ? ''
      : `<div class="pad"><h3 class="label">${say('request.all')}</h3><div class="grid"><div>${kind(visit, page, 'all_kind', `${tell('request.all')}: ${tell('request.kind')}`)}</div><div>${input(visit, page, { name: 'all_number', label: `${tell('request.all')}: ${tell('request.number')}`, placeholder: tell('request.number') })}</div><div>${input(visit, page, { name: 'all_on', label: `${tell('request.all')}: ${tell('request.date')}`, ...day })}</div></div><p class="hint">${say('request.allHint')}</p></div>`
  return `<section class="card"><header><h2>${say('request.what')}</h2><span class="hint">${say('request.shipment', { day: formatDay(sheet.shipmentOn, language) })}</span><a class="btn s" href="${escape(base)}/request.xlsx" download>${icons.download}Excel</a><a class="btn s" href="${escape(base)}/request.json" download>${icons.download}JSON</a></header>
${common}<table class="lines"><thead><tr><th>${say('request.name')}</th><th class="num">${say('request.quantity')}</th><th class="num">${say('request.sum')}, ${currencySymbol(sheet.currency)}</th><th class="num">${say('request.vat')}</th><th>${say('request.kind')}</th><th>${say('request.number')}</th><th>${say('request.date')}</th></tr></thead><tbody>${rows.join('\n')}
<tr><td class="name"><b>${say('request.total')}</b></td><td></td><td class="num"><b>${escape(formatSum(sheet.totalMinor, language))}</b></td><td></td><td></td><td></td><td></td></tr></tbody></table></section>`
}

function files(visit: Visit, page: AccountantPage): string {
  const { say } = visit
  const fault = faultOf(visit, page, 'files')
  const typed = page.typed?.get('request_external') ?? ''
  return `<section class="card"><header><h2>${say('request.files')}</h2></header><div class="pad"><label for="files">${say('request.filesLabel')}</label><input id="files" name="files" type="file" multiple accept=".pdf,.xml,application/pdf,application/xml,text/xml"${fault.attributes}><p class="hint">${say('request.filesHint', { limit: maxFileMib })}</p>${fault.html}
<details${typed ? ' open' : ''}><summary>${say('request.requestExternal')}</summary><label for="request_external" class="vh">${say('request.requestExternal')}</label><input id="request_external" name="request_external" maxlength="100" value="${escape(typed)}" autocomplete="off"></details></div></section>`
}

function refusal(visit: Visit, page: AccountantPage): string {
  const { say } = visit
  const fault = faultOf(visit, page, 'reason')
  return `<details class="way"${page.open === 'refuse' ? ' open' : ''}><summary>${say('request.refuse')}</summary><form method="post" enctype="multipart/form-data" novalidate class="card"><div class="pad"><label for="reason">${say('request.reason')}</label><textarea id="reason" name="reason" maxlength="2000"${fault.attributes}>${escape(page.typed?.get('reason') ?? '')}</textarea><p class="hint">${say('request.reasonHint')}</p>${fault.html}<p></p><button class="btn" name="action" value="refuse">${say('request.refuse')}</button></div></form></details>`
}

function workbook(visit: Visit, page: AccountantPage): string {
  const { say } = visit
  const fault = faultOf(visit, page, 'workbook')
  return `<details class="way"${page.open === 'sheet' ? ' open' : ''}><summary>${say('request.sheet')}</summary><form method="post" enctype="multipart/form-data" novalidate class="card"><div class="pad"><p class="hint">${say('request.sheetHint')}</p><p></p><label for="workbook">${say('request.sheetLabel')}</label><input id="workbook" name="workbook" type="file" accept=".xlsx"${fault.attributes}>${fault.html}<p></p><button class="btn" name="action" value="sheet">${icons.upload}${say('request.sheetSend')}</button></div></form></details>`
}
