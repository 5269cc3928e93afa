/** Owns what of a person's papers is asked in each country, how it is checked before anybody is asked, and how it is masked. */

import { addMonths, isDay } from './calendar.ts'
import type { FieldFault } from './errors.ts'
import { misshapen, passed, strip, type Checked } from './requisites/checked.ts'
import type { Country } from './requisites/country.ts'
import { checkIin } from './requisites/kazakhstan.ts'
import { checkSnils } from './requisites/russia.ts'

/** What proves who somebody is. Days are 'YYYY-MM-DD'. */
export type IdentityFacts = Readonly<{
  country: Country
  /** СНИЛС, ИИН, or the identification number of Belarus: one for a life. */
  number: string
  birthDate: string
  documentKind: string
  series: string | null
  documentNumber: string
  issuedOn: string
  issuer: string
}>

/** As it was typed; nothing is promised. */
export type TypedIdentity = { readonly [Field in keyof IdentityFacts]?: unknown }

export type IdentityField = keyof IdentityFacts

export const documentKinds: Readonly<Record<Country, readonly string[]>> = {
  RU: ['passport', 'temporary_id', 'residence_permit'],
  KZ: ['id_card', 'passport', 'residence_permit'],
  BY: ['passport', 'id_card', 'residence_permit'],
}

/** Shapes that are the same for everybody; of other documents only the length is known. */
const shapes: Readonly<Record<string, { series: RegExp | null; number: RegExp }>> = {
  'RU passport': { series: /^\d{4}$/, number: /^\d{6}$/ },
  'KZ id_card': { series: null, number: /^\d{9}$/ },
  'BY passport': { series: /^[A-Z]{2}$/, number: /^\d{7}$/ },
}
const anyShape = { series: /^[\p{L}\d]{1,10}$/u, number: /^[\p{L}\d]{4,20}$/u }

// A document of one's own is given at fourteen in all three countries.
const youngest = 14 * 12
const oldest = 120 * 12
const longestIssuer = 300

const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  І: 'I',
}
const latin = (text: string): string =>
  text.toUpperCase().replace(/[А-ЯІ]/g, (letter) => lookAlikes[letter] ?? letter)

/**
 * Sex and century, day of birth, region, number, citizenship, check digit: `3100870A012PB5`. Its last digit is not checked:
 * the state publishes no rule for it, and one that is merely believed would turn away people whose papers are right.
 */
function checkBelarusNumber(text: string): Checked {
  const value = latin(strip(text))
  return /^[1-6](0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[ABCHKEM]\d{3}(PB|BA|BI)\d$/.test(value)
    ? passed(value)
    : misshapen(value, 'by-number-format', 14)
}

const numberChecks: Readonly<Record<Country, (text: string) => Checked>> = {
  RU: checkSnils,
  KZ: checkIin,
  BY: checkBelarusNumber,
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim().replaceAll(/\s+/g, ' ') : ''

/** The facts in the form we keep, and what is wrong with them, if anything. */
export function checkIdentity(
  typed: TypedIdentity,
  country: Country,
  today: string,
): { facts: IdentityFacts; faults: Partial<Record<IdentityField, FieldFault>> } {
  const faults: Partial<Record<IdentityField, FieldFault>> = {}
  const blame = (field: IdentityField, code: string, params?: FieldFault['params']) => {
    faults[field] ??= { code, ...(params && { params }) }
  }
  const number = numberChecks[country](textOf(typed.number))
  if (number.fault) blame('number', number.fault.code, number.fault.params)

  const birthDate = textOf(typed.birthDate)
  if (!isDay(birthDate)) blame('birthDate', birthDate ? 'bad-day' : 'required')
  else if (birthDate > addMonths(today, -youngest)) blame('birthDate', 'too-young')
  else if (birthDate < addMonths(today, -oldest)) blame('birthDate', 'birth-day-unlikely')
  else if (!number.fault && !agrees(number.value, country, birthDate)) blame('number', 'number-birth-day')

  const issuedOn = textOf(typed.issuedOn)
  if (!isDay(issuedOn)) blame('issuedOn', issuedOn ? 'bad-day' : 'required')
  else if (issuedOn > today) blame('issuedOn', 'day-ahead')
  else if (isDay(birthDate) && issuedOn <= birthDate) blame('issuedOn', 'issued-before-birth')

  const documentKind = textOf(typed.documentKind)
  if (!documentKinds[country].includes(documentKind))
    blame('documentKind', documentKind ? 'bad-value' : 'required')
  const { series: seriesShape, number: numberShape } = shapes[`${country} ${documentKind}`] ?? anyShape
  const tidy = (text: unknown) =>
    country === 'RU' ? strip(textOf(text)).toUpperCase() : latin(strip(textOf(text)))
  const series = seriesShape === null ? '' : tidy(typed.series)
  const documentNumber = tidy(typed.documentNumber)
  const needsSeries = seriesShape !== null && seriesShape !== anyShape.series
  if (series === '' ? needsSeries : !seriesShape?.test(series))
    blame('series', series ? 'document-series' : 'required')
  if (!numberShape.test(documentNumber))
    blame('documentNumber', documentNumber ? 'document-number' : 'required')

  const issuer = textOf(typed.issuer)
  if (issuer.length < 3) blame('issuer', issuer ? 'issuer-short' : 'required')
  if (issuer.length > longestIssuer) blame('issuer', 'too-long')
  if (textOf(typed.number) === '') faults.number = { code: 'required' }

  const facts = {
    country,
    number: number.value,
    birthDate,
    documentKind,
    series: series || null,
    documentNumber,
    issuedOn,
    issuer,
  }
  return { facts, faults }
}

/** Whether the day of birth a number carries is the one that was told; a СНИЛС carries none. */
function agrees(number: string, country: Country, birthDate: string): boolean {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  if (country === 'KZ') return number.startsWith(`${year.slice(2)}${month}${day}`)
  return country !== 'BY' || number.slice(1, 7) === `${day}${month}${year.slice(2)}`
}

const dots = (text: string, shown: number): string =>
  '•'.repeat(Math.max(0, text.length - shown)) + text.slice(-shown || text.length)

/** What may be shown to whoever does not need the rest: «••• ••• ••9 01», the year of birth, the end of a number. */
export function maskIdentity(facts: IdentityFacts): Record<IdentityField, string | null> {
  const { country, number, birthDate, documentKind, series, documentNumber, issuedOn } = facts
  const masked = dots(number, 3)
  return {
    country,
    number: country === 'RU' ? masked.replace(/^(.{3})(.{3})(.{3})(.{2})$/, '$1 $2 $3 $4') : masked,
    birthDate: `••.••.${birthDate.slice(0, 4)}`,
    documentKind,
    series: series && '•'.repeat(series.length),
    documentNumber: dots(documentNumber, 2),
    issuedOn: `••.••.${issuedOn.slice(0, 4)}`,
    issuer: '•••',
  }
}
