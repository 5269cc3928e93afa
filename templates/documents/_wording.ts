/** Owns how facts are put into words on printed documents: dates, requisites, lines, VAT. */
import { formatQuantity, formatSum, totalsByVat, type Currency } from '../../src/domain/money.ts'
import { breakLongRuns } from '../../src/documents/printable-text.ts'
import type { Line, Party, Reference, Signatory, Verification } from './_shapes.ts'

const space = '\u00a0'
const months =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')

/** «23 ноября 2026 г.» */
export function longDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(date)}${space}${months[Number(month) - 1] ?? ''} ${year}${space}г.`
}

/** «23.11.2026» */
export function shortDay(day: string): string {
  return day.split('-').reverse().join('.')
}

/** «с 01.11.2026 по 30.11.2026» */
export function span(from: string, to: string): string {
  return from === to ? shortDay(from) : `с${space}${shortDay(from)} по${space}${shortDay(to)}`
}

/** «Договор № 12 от 23.11.2026» */
export function named({ title, number, issuedOn }: Reference): string {
  return `${title} №${space}${number} от${space}${shortDay(issuedOn)}`
}

type Labels = { taxId(party: Party): string; registration(party: Party): string; account: string; bic: string }

const labels: Record<Party['country'], Labels> = {
  RU: {
    taxId: () => 'ИНН',
    registration: ({ kind }) => (kind === 'entrepreneur' ? 'ОГРНИП' : 'ОГРН'),
    account: 'Р/с',
    bic: 'БИК',
  },
  KZ: {
    taxId: ({ kind }) => (kind === 'legal' || kind === 'authority' ? 'БИН' : 'ИИН'),
    registration: () => 'Рег. №',
    account: 'ИИК',
    bic: 'БИК',
  },
  BY: { taxId: () => 'УНП', registration: () => 'ЕГР', account: 'Р/с', bic: 'БИК' },
}

/** «ИНН 7707083893, КПП 773601001, ОГРН 1027700132195» */
export function codesOf(party: Party): string {
  const names = labels[party.country]
  return [
    party.taxId && `${names.taxId(party)}${space}${party.taxId}`,
    party.kpp && `КПП${space}${party.kpp}`,
    party.registrationNumber && `${names.registration(party)}${space}${party.registrationNumber}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** The lines of a bank's requisites as the country of the party names them. */
export function bankLines(party: Party): string[] {
  const { bank } = party
  if (!bank) return []
  const { account, bic } = labels[party.country]
  return [
    `${account}${space}${bank.account}${bank.beneficiaryCode ? `, Кбе${space}${bank.beneficiaryCode}` : ''}`,
    bank.name,
    `${bic}${space}${bank.bic}${bank.correspondentAccount ? `, к/с${space}${bank.correspondentAccount}` : ''}`,
  ]
}

export function contactsOf({ phone, email }: Party): string {
  return [phone && `тел. ${phone.replaceAll(' ', space)}`, email].filter(Boolean).join(', ')
}

/** A party as a column of text: its role, name and everything that identifies it. */
export function partySheet(role: string, party: Party) {
  return {
    role,
    name: party.name,
    rows: [codesOf(party), party.address ?? '', ...bankLines(party), contactsOf(party)].filter(Boolean),
  }
}

/** The head of the first page: who speaks. */
export function letterhead(party: Party) {
  return {
    name: party.name,
    rows: [party.address ?? '', [codesOf(party), contactsOf(party)].filter(Boolean).join(' · ')].filter(Boolean),
  }
}

/** A place to sign; the position and the name stand under the line even when they are to be written by hand. */
export function signature(role: string, party: string, { position, name, basis }: Signatory) {
  return { role, party, position, name: name ?? '', basis: basis ? `действует на основании ${basis}` : '' }
}

/** «22 %», «5,5 %» */
export function percent(rate: string): string {
  return `${formatQuantity(rate)}${space}%`
}

const currencyNames: Record<Currency, string> = {
  RUB: 'российский рубль',
  KZT: 'казахстанский тенге',
  BYN: 'белорусский рубль',
}

type Billed = { currency: Currency; lines: Line[]; netMinor: number; vatMinor: number; totalMinor: number; totalInWords: string }

/** The table of lines, its totals by rate (the last one is the grand total), and the grounds of every «Без НДС». */
export function billedSheet(data: Billed, grandTotal: string) {
  const { lines } = data
  const taxed = lines.some((line) => line.vatPercent !== undefined)
  return {
    taxed,
    /** Sums of ten digits and more need smaller type to leave room for names. */
    wide: data.totalMinor >= 10_000_000_00,
    rows: lines.map((line, index) => [
      String(index + 1),
      breakLongRuns(line.name, 22),
      formatQuantity(line.quantity),
      line.unit,
      formatSum(line.priceMinor),
      ...(taxed
        ? [
            formatSum(line.netMinor),
            line.vatPercent === undefined ? 'без НДС' : percent(line.vatPercent),
            line.vatPercent === undefined ? '—' : formatSum(line.vatMinor),
          ]
        : []),
      formatSum(line.totalMinor),
    ]),
    totals: totalRows(data, grandTotal),
    grounds: exemptionGrounds(lines),
    count: `Всего наименований ${lines.length}, на сумму ${sumWithName(data.totalMinor, data.currency)}`,
    inWords: data.totalInWords,
    currency: currencyNames[data.currency],
  }
}

const shortCurrencies: Record<Currency, string> = { RUB: '₽', KZT: '₸', BYN: 'бел. руб.' }

function sumWithName(minor: number, currency: Currency): string {
  return `${formatSum(minor)}${space}${shortCurrencies[currency]}`
}

function totalRows(data: Billed, grandTotal: string): string[][] {
  const total = [grandTotal, formatSum(data.totalMinor)]
  if (data.lines.every((line) => line.vatPercent === undefined))
    return [['Итого', formatSum(data.totalMinor)], ['НДС', 'Без НДС'], total]
  const rates = totalsByVat(data.lines.map((line) => ({ ...line, vatPercent: line.vatPercent ?? null })))
  return [
    ['Итого без НДС', formatSum(data.netMinor)],
    ...rates.map(({ vatPercent, vatMinor, totalMinor }) =>
      vatPercent === null
        ? ['в том числе не облагается НДС', formatSum(totalMinor)]
        : [`НДС ${percent(vatPercent)}`, formatSum(vatMinor)],
    ),
    total,
  ]
}

/** «Без НДС — пп. 26 п. 2 ст. 149 НК РФ (строки 1, 3)»: one sentence per ground, lines named only when they differ. */
function exemptionGrounds(lines: Line[]): string[] {
  const byGround = new Map<string, number[]>()
  lines.forEach(({ vatExemption }, index) => {
    if (vatExemption === undefined) return
    byGround.set(vatExemption, [...(byGround.get(vatExemption) ?? []), index + 1])
  })
  return [...byGround].map(([ground, positions]) => {
    const where = positions.length === lines.length ? '' : ` (${positions.length === 1 ? 'строка' : 'строки'} ${ranges(positions)})`
    return `Без НДС на основании: ${ground}${where}.`
  })
}

/** «1–3, 7» */
function ranges(positions: number[]): string {
  const found: Array<[number, number]> = []
  for (const position of positions) {
    const last = found.at(-1)
    if (last && last[1] === position - 1) last[1] = position
    else found.push([position, position])
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}

/** Where the reader checks the paper; the same link is drawn as the QR code `verification`. */
export function verificationSheet({ code, link }: Verification) {
  return { code, link, site: new URL(link).host }
}
