/** From a row of a file to an organisation of the register, or the reason why not. */
import { checkRequisites } from '../../domain/requisites.ts'
import type { Country } from '../../domain/requisites/country.ts'
import { kindOfTaxId } from '../../domain/requisites/kind-of-tax-id.ts'
import { strip } from '../../domain/requisites/checked.ts'
import type { OrganisationKind } from '../../domain/requisites.ts'
import type { RegisteredOrganisation, RegisteredState } from '../define-register.ts'
import type { ColumnMapping, RegisterField } from './register-columns.ts'

/** `code` is a key under `errors.*`. */
export type RowFault = Readonly<{
  field: RegisterField
  code: string
  params: Readonly<Record<string, string | number>>
}>

export type ReadRow =
  | Readonly<{ organisation: RegisteredOrganisation; fault: null }>
  | Readonly<{ organisation: null; fault: RowFault }>

type Free = 'name' | 'shortName' | 'address' | 'headName' | 'headPosition' | 'okved'

const longest: Readonly<Record<Free, number>> = {
  name: 1000,
  shortName: 500,
  address: 1000,
  headName: 300,
  headPosition: 300,
  okved: 20,
}
const freeFields = Object.keys(longest) as Free[]

const lengths: Readonly<Record<Country, readonly number[]>> = { RU: [10, 12], KZ: [12], BY: [9] }

// eslint-disable-next-line no-control-regex
const untidy = /[\u0000-\u001f\u00a0\u2007\u202f]|^ | $| {2}/

const clean = (text: string | undefined): string => {
  if (text === undefined || !untidy.test(text)) return text ?? ''
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0020\u00a0\u2007\u202f]+/g, ' ').trim()
}

const bad = (field: RegisterField, code: string, params: RowFault['params'] = {}): ReadRow => ({
  organisation: null,
  fault: { field, code, params },
})

/** Null for a row in which nothing stands. */
export function readRegisterRow(
  cells: readonly string[],
  mapping: ColumnMapping,
  country: Country,
): ReadRow | null {
  const value = (field: RegisterField): string => {
    const at = mapping[field]
    return at === undefined ? '' : clean(cells[at])
  }
  if (cells.every((cell) => cell.trim() === '')) return null
  const name = value('name')
  const taxId = withZeros(value('taxId'), country)
  if (taxId === '') return bad('taxId', 'register-row-no-tax-id')
  if (name === '') return bad('name', 'register-row-no-name')
  if (name.includes('\ufffd')) return bad('name', 'register-row-encoding')
  const kind = kindOf(value('kind'), name, country, taxId)
  const { values, faults } = checkRequisites({
    country,
    kind,
    taxId,
    kpp: kppOf(value('kpp'), country),
    registrationNumber: value('registrationNumber'),
  })
  // Official files may leave the КПП out, and the form of a number is its own witness of who has it.
  const fault = (['taxId', 'kpp', 'registrationNumber'] as const).find(
    (field) => faults[field] && !tolerated.has(faults[field].code),
  )
  if (fault) return bad(fault, faults[fault]?.code ?? 'bad-value', faults[fault]?.params)
  const texts: Record<Free, string | null> = {
    name,
    shortName: value('shortName') || null,
    address: value('address') || null,
    headName: value('headName') || null,
    headPosition: value('headPosition') || null,
    okved: value('okved') || null,
  }
  const tooLong = freeFields.find((field) => (texts[field]?.length ?? 0) > longest[field])
  if (tooLong) return bad(tooLong, 'register-row-too-long', { limit: longest[tooLong] })
  return {
    fault: null,
    organisation: {
      country,
      taxId: values.taxId ?? taxId,
      kpp: values.kpp,
      kind,
      registrationNumber: values.registrationNumber,
      ...texts,
      name,
      state: stateOf(value('state')),
    },
  }
}

const tolerated = new Set(['kpp-required', 'tax-id-kind-mismatch'])

// A dash, a zero or nine zeros is how a column says that there is no КПП.
const kppOf = (text: string, country: Country): string | null =>
  country !== 'RU' || /^[-–—0]*$/.test(text) ? null : withLeadingZero(text)

const withLeadingZero = (text: string): string => (/^\d{8}$/.test(text) ? `0${text}` : text)

/**
 * Spreadsheets eat leading zeros: a number that is too short gets them back. The check digit, looked at afterwards,
 * is the witness.
 */
function withZeros(text: string, country: Country): string {
  const value = strip(text).replace(/\.0+$/, '')
  if (!/^\d+$/.test(value)) return value
  const length = lengths[country].find((one) => one >= value.length)
  const isNear = length !== undefined && length - value.length <= (country === 'KZ' ? 5 : 1)
  return isNear && value.length >= 7 ? value.padStart(length, '0') : value
}

function kindOf(told: string, name: string, country: Country, taxId: string): OrganisationKind {
  if (/^(ип|individual|entrepreneur|предприниматель)/i.test(told)) return 'entrepreneur'
  if (/^(ип|индивидуальный предприниматель|жеке кәсіпкер)(?![\p{L}\d])/iu.test(name)) return 'entrepreneur'
  return kindOfTaxId(country, taxId)
}

const stateWords: readonly (readonly [RegExp, RegisteredState])[] = [
  [/банкрот|bankrupt/i, 'bankrupt'],
  [/(в процессе|в стадии|начат|подлежит).*(ликвид|прекращ|исключ)|liquidating|ликвидируется/i, 'liquidating'],
  [/реорган|reorgani/i, 'reorganising'],
  [/ликвид|прекра|исключ|снят|закрыт|недейств|не действ|liquidated|closed|inactive/i, 'liquidated'],
]

/** A file without the column holds those that are alive. */
const stateOf = (text: string): RegisteredState =>
  stateWords.find(([words]) => words.test(text))?.[1] ?? 'active'
