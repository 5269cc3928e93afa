/** Owns the arithmetic of money: integer minor units, rounding half up, reading and writing of sums. */

import { DomainError } from './errors.ts'
import type { Language } from './language.ts'

export const currencies = ['RUB', 'KZT', 'BYN'] as const

export type Currency = (typeof currencies)[number]

/** Kopecks or tiyns of one line or one document; the three always agree: net + VAT = total. */
export type Amounts = Readonly<{ netMinor: number; vatMinor: number; totalMinor: number }>

/** The largest sum the database keeps; below the largest safe integer, so plain numbers stay exact. */
export const maxMinor = 9_000_000_000_000_000

const noBreakSpace = '\u00A0'
const minus = '\u2212'
const symbols: Record<Currency, string> = { RUB: '₽', KZT: '₸', BYN: 'Br' }
const signsOfMoney = /(?:₽|₸|br|руб(?:\.|лей|ля|ль)?|р\.?|тг\.?|тенге|rub|kzt|byn)$/i

// A lone separator before three digits is not guessed at: 1,234 is a thousand to one reader and one to another.
const shapesOfSum = [
  /^(?<whole>\d{1,18})(?:[.,](?<cents>\d{0,2}))?$/,
  /^(?<whole>\d{1,3}(?:,\d{3})+)\.(?<cents>\d{1,2})$/,
  /^(?<whole>\d{1,3}(?:\.\d{3})+),(?<cents>\d{1,2})$/,
  /^(?<whole>\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,}))$/,
]

/** The sign printed after a sum: ₽, ₸, Br. */
export function currencySymbol(currency: Currency): string {
  return symbols[currency]
}

/** `7 735,00 ₽` in Russian, `7,735.00 ₽` in English; spaces do not break, a debt bears a real minus sign. */
export function formatMoney(minor: number, currency: Currency, language: Language = 'ru'): string {
  return `${formatSum(minor, language)}${noBreakSpace}${symbols[currency]}`
}

/** The sum without its currency, for columns whose heading names it: `7 735,00`. */
export function formatSum(minor: number, language: Language = 'ru'): string {
  const size = Math.abs(safe(minor))
  const whole = groupThousands(String(Math.trunc(size / 100)), language)
  const cents = String(size % 100).padStart(2, '0')
  return `${minor < 0 ? minus : ''}${whole}${decimalMark(language)}${cents}`
}

/**
 * Reads a sum as people type or paste it: `7 735,5`, `7735.50 ₽`, `1,234,567.00`, `-63,20`.
 * @returns minor units
 * @throws DomainError `money-format` {value} when it is no sum or has more than two decimals, `money-too-large`.
 */
export function parseMoney(text: string): number {
  const bare = text
    .trim()
    .replace(signsOfMoney, '')
    .replace(/[\s'’]/g, '')
    .replace(/^[\u2212\u2013]/, '-')
  const size = bare.replace(/^-/, '')
  const parts = shapesOfSum.map((shape) => shape.exec(size)?.groups).find(Boolean)
  if (parts?.['whole'] === undefined) throw new DomainError('money-format', { value: text })
  const minor = BigInt(parts['whole'].replace(/\D/g, '') + (parts['cents'] ?? '').padEnd(2, '0'))
  return fit(bare.startsWith('-') ? -minor : minor)
}

/**
 * Reads a quantity of up to three decimals, `1,5` or `1.5`, into the form the database keeps: `1.5`.
 * @throws DomainError `quantity-format` {value}
 */
export function parseQuantity(text: string): string {
  const match = /^0*(\d{1,9})(?:[.,](\d{0,3}?)0*)?$/.exec(text.replace(/\s/g, ''))
  if (match?.[1] === undefined) throw new DomainError('quantity-format', { value: text })
  const decimals = match[2]?.replace(/0+$/, '')
  return decimals ? `${match[1]}.${decimals}` : match[1]
}

/** `1 000`, `1,5` in Russian, `1,000`, `1.5` in English; takes the decimal string of the database. */
export function formatQuantity(quantity: string, language: Language = 'ru'): string {
  const [whole = '0', decimals] = parseQuantity(quantity).split('.')
  const grouped = groupThousands(whole, language)
  return decimals === undefined ? grouped : `${grouped}${decimalMark(language)}${decimals}`
}

/** Price × quantity, rounded half up to a minor unit; `quantity` is a decimal string of up to three digits. */
export function timesQuantity(priceMinor: number, quantity: string): number {
  return fit(divideHalfUp(BigInt(safe(priceMinor)) * decimalToInteger(quantity, 3), 1000n))
}

/** The VAT inside a gross sum: 1 045,00 at 22% holds 188,44. `vatPercent` null = without VAT. */
export function vatFromGross(grossMinor: number, vatPercent: string | null): number {
  if (vatPercent === null) return 0
  const rate = decimalToInteger(vatPercent, 2)
  return fit(divideHalfUp(BigInt(safe(grossMinor)) * rate, 10_000n + rate))
}

/** The VAT on top of a net sum. `vatPercent` null = without VAT. */
export function vatFromNet(netMinor: number, vatPercent: string | null): number {
  if (vatPercent === null) return 0
  return fit(divideHalfUp(BigInt(safe(netMinor)) * decimalToInteger(vatPercent, 2), 10_000n))
}

/**
 * The amounts of one line. The price list holds gross prices, so VAT is taken from inside unless
 * `priceIncludesVat` is false.
 */
export function lineAmounts(line: {
  priceMinor: number
  quantity: string
  vatPercent: string | null
  priceIncludesVat?: boolean
}): Amounts {
  const sum = timesQuantity(line.priceMinor, line.quantity)
  if (line.priceIncludesVat === false) {
    const vatMinor = vatFromNet(sum, line.vatPercent)
    return { netMinor: sum, vatMinor, totalMinor: fit(BigInt(sum) + BigInt(vatMinor)) }
  }
  const vatMinor = vatFromGross(sum, line.vatPercent)
  return { netMinor: sum - vatMinor, vatMinor, totalMinor: sum }
}

/** The totals of a document are the sums of its lines, never computed anew from a total. */
export function documentTotals(lines: Iterable<Amounts>): Amounts {
  let [net, vat, total] = [0n, 0n, 0n]
  for (const line of lines) {
    net += BigInt(line.netMinor)
    vat += BigInt(line.vatMinor)
    total += BigInt(line.totalMinor)
  }
  return { netMinor: fit(net), vatMinor: fit(vat), totalMinor: fit(total) }
}

/** The totals by rate, highest rate first and «without VAT» last: the summary under a document's table. */
export function totalsByVat(
  lines: readonly (Amounts & { vatPercent: string | null })[],
): (Amounts & { vatPercent: string | null })[] {
  const rates = [...new Set(lines.map((line) => line.vatPercent))]
  return rates
    .sort((a, b) => Number(b ?? -1) - Number(a ?? -1))
    .map((vatPercent) => ({
      vatPercent,
      ...documentTotals(lines.filter((line) => line.vatPercent === vatPercent)),
    }))
}

/** Rounds half away from zero, so that a correction mirrors what it corrects. */
function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return dividend < 0n ? -rounded : rounded
}

function decimalToInteger(text: string, digits: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const decimals = match?.[2] ?? ''
  if (match?.[1] === undefined || decimals.replace(/0+$/, '').length > digits)
    throw new RangeError(`not a decimal of ${digits} digits: ${text}`)
  return BigInt(match[1] + decimals.slice(0, digits).padEnd(digits, '0'))
}

function safe(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole minor units: ${minor}`)
  return minor
}

function fit(minor: bigint): number {
  if (minor > maxMinor || minor < -maxMinor) throw new DomainError('money-too-large')
  return Number(minor)
}

const decimalMark = (language: Language) => (language === 'ru' ? ',' : '.')

function groupThousands(digits: string, language: Language): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, language === 'ru' ? noBreakSpace : ',')
}
