/** Owns how facts are put into words on printed documents: dates, requisites, lines, VAT. */
import { formatQuantity, formatSum, totalsByVat, type Currency } from '../../src/domain/money.ts'
import { formatPhone } from '../../src/domain/phone-text.ts'
import { breakLongRuns } from '../../src/documents/printable-text.ts'
import type { Line, Party, Reference, Signatory, Verification } from './_shapes.ts'

const space = '\u00a0'
const months = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')

/** «23 ноября 2026 г.» */
export function longDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(date)}${space}${months[Number(month) - 1] ?? ''} ${year}${space}г.`
}

/** «23.11.2026» */
export function shortDay(day: string): string {
  return day.split('-').reverse().join('.')
}

/** «Оферта № 1 от 12.01.2026; счёт № 2 от 02.11.2026» */
export function grounds(...references: Array<Reference | undefined>): string {
  return references
    .flatMap((reference) => (reference ? named(reference) : []))
    .map((text, index) => (index === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1)))
    .join('; ')
}

/** «с 01.11.2026 по 30.11.2026» */
export function span(from: string, to: string): string {
  return from === to ? shortDay(from) : `с${space}${shortDay(from)} по${space}${shortDay(to)}`
}

/** «Договор № 12 от 23.11.2026» */
export function named({ title, number, issuedOn }: Reference): string {
  return `${title} №${space}${number} от${space}${shortDay(issuedOn)}`
}

type Labels = {
  taxId(party: Party): string
  registration(party: Party): string
  account: string
  bic: string
}

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
  return [phone && `тел.${space}${formatPhone(phone).replaceAll(' ', space)}`, email]
    .filter(Boolean)
    .join(', ')
}

const boundToNext = /(?<=^|[\s(«])(№|г|ул|д|корп|кв|лит|помещ|офис|оф|стр|пом|вул|ул|пер)(\.?)\s+/giu

/** Keeps «№ 11», «ул. Танкистов», «офис 412» on one line. */
export function bound(text: string): string {
  return text.replace(boundToNext, `$1$2${space}`)
}

/** A party as a column of text: its role, name and everything that identifies it. */
export function partySheet(role: string, party: Party) {
  return {
    role,
    name: bound(party.name),
    rows: [codesOf(party), bound(party.address ?? ''), ...bankLines(party), contactsOf(party)].filter(
      Boolean,
    ),
  }
}

/** The head of the first page: who speaks. */
export function letterhead(party: Party) {
  return {
    name: bound(party.name),
    rows: [bound(party.address ?? ''), codesOf(party), contactsOf(party)].filter(Boolean),
  }
}

/** A place to sign; the position and the name stand under the line even when they are to be written by hand. */
export function signature(role: string, party: string, { position, name, basis }: Signatory) {
  return {
    role,
    party: bound(party),
    position,
    name: (name ?? '').replaceAll(' ', space),
    basis: basis ? `действует на основании ${basis}` : '',
  }
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

type Billed = {
  currency: Currency
  lines: Line[]
  netMinor: number
  vatMinor: number
  totalMinor: number
  totalInWords: string
}

/** The table of lines, its totals by rate (the last one is the grand total), and the grounds of every «Без НДС». */
export function billedSheet(data: Billed, grandTotal: string) {
  const { lines } = data
  const taxed = lines.some((line) => line.vatPercent !== undefined)
  const rows = lines.map((line, index) => [
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
  ])
  return {
    taxed,
    rows,
    ...layOutColumns(rows, taxed ? taxedMinimums : plainMinimums),
    totals: totalRows(data, grandTotal),
    grounds: exemptionGrounds(lines),
    count: `Всего наименований ${lines.length}, на сумму ${sumWithName(data.totalMinor, data.currency)}`,
    inWords: data.totalInWords,
    currency: currencyNames[data.currency],
  }
}

/** Millimetres between the margins of the page. */
const tableWidth = 178
const narrowestName = 40
const padding = 2 * 1.3
const longestUnit = 18
/** What the headings need, by column; zero is the column of names, which takes the rest. */
const taxedMinimums = [6, 0, 12, 8, 13.5, 14, 14.5, 13.5, 13.5]
const plainMinimums = [6, 0, 13, 9, 18, 20]

/**
 * Widths of columns in millimetres and the size of type in points. They are computed here from the advance widths of
 * the font, since the typesetter spends half of a document's time on measuring columns by itself.
 */
function layOutColumns(rows: string[][], minimums: number[]): { columns: number[]; size: number } {
  let columns: number[] = []
  let size = 0
  for (size of [8.5, 7.5, 6.5]) {
    const points = size
    columns = minimums.map((minimum, index) => {
      if (minimum === 0) return 0
      const widest = rows.reduce((most, row) => Math.max(most, textWidth(row[index] ?? '', points)), 0)
      return Math.max(
        minimum,
        Math.min(widest + padding, index === 3 ? longestUnit : Number.POSITIVE_INFINITY),
      )
    })
    columns[1] = tableWidth - columns.reduce((sum, width) => sum + width, 0)
    if (columns[1] >= narrowestName) break
  }
  return { columns: columns.map((width) => Math.round(width * 100) / 100), size }
}

/** Millimetres a text takes in PT Serif: figures are equally wide, letters are taken a little wider than average. */
function textWidth(text: string, points: number): number {
  let ems = 0
  for (const character of text) {
    if (character >= '0' && character <= '9') ems += 0.533
    else if (' \u00a0.,'.includes(character)) ems += 0.285
    else if (character === '—' || character === '%') ems += 0.89
    else ems += character === character.toLowerCase() ? 0.63 : 0.75
  }
  return ems * points * 0.3528
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
  const untaxed = rates.find(({ vatPercent }) => vatPercent === null)
  return [
    ['Итого без НДС', formatSum(data.netMinor)],
    ...(untaxed ? [['в том числе не облагается НДС', formatSum(untaxed.totalMinor)]] : []),
    ...rates.flatMap(({ vatPercent, vatMinor }) =>
      vatPercent === null ? [] : [[`НДС ${percent(vatPercent)}`, formatSum(vatMinor)]],
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
    const where =
      positions.length === lines.length
        ? ''
        : ` (${positions.length === 1 ? 'строка' : 'строки'} ${ranges(positions)})`
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
