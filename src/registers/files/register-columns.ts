/** Which column of a file is what of an organisation: proposed by the headers, corrected by a person. */

/** In the order in which they look for their column; the first two are needed. */
export const registerFields = [
  'taxId',
  'shortName',
  'name',
  'kpp',
  'registrationNumber',
  'address',
  'headPosition',
  'headName',
  'okved',
  'state',
  'kind',
] as const

export type RegisterField = (typeof registerFields)[number]

/** Field → index of its column from 0; a field without a column is not there. */
export type ColumnMapping = Readonly<Partial<Record<RegisterField, number>>>

export const requiredFields: readonly RegisterField[] = ['taxId', 'name']

/** As official files of the three countries, and people, write them; `plain` has no case, spaces or marks. */
const headers: Readonly<Record<RegisterField, RegExp>> = {
  taxId: /^(инн|бин|иин|унп|inn|bin|iin|unp|taxid|учетныйномерплательщика|идентификационныйномер)/,
  shortName: /^(краткое|сокр|short)|^(наименование|name)(краткое|сокр|short)/,
  name: /^(полное(наименование|имя)|наименование(?!.*(оквэд|окэд|ифнс|орган|регион|вида|деятельн))|название|организация|fullname|name)/,
  kpp: /^(кпп|kpp)/,
  registrationNumber:
    /^(огрн|огрнип|ogrn|ogrnip|регистрационныйномер|номеррегистрации|regnumber|registrationnumber)/,
  address: /адрес|address|местонахождение/,
  headPosition: /должность|position|jobtitle/,
  headName: /^(фио|руководитель|директор|head|ceo|director)|фиорук|имяруководителя/,
  okved: /^(код)?(основной)?(код)?(оквэд|окэд|okved|oked)|^кодосновноговидадеятельности/,
  state: /^(статус|состояние|state|status)/,
  kind: /^(вид|тип|kind|type)(субъекта|организации|лица|subject|entity)?$/,
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** A column for each field whose header is recognised; no column serves two. */
export function proposeMapping(header: readonly string[]): ColumnMapping {
  const mapping: Partial<Record<RegisterField, number>> = {}
  const taken = new Set<number>()
  const names = header.map(plain)
  for (const field of registerFields) {
    const at = names.findIndex((name, index) => !taken.has(index) && name !== '' && headers[field].test(name))
    if (at === -1) continue
    mapping[field] = at
    taken.add(at)
  }
  return mapping
}

/** The row of headers among the first ones: the one with the most recognised; 0 when none says enough. */
export function findHeaderRow(rows: readonly { number: number; cells: readonly string[] }[]): number {
  let best = { number: 0, count: 1 }
  for (const { number, cells } of rows) {
    const count = Object.keys(proposeMapping(cells)).length
    if (count > best.count) best = { number, count }
  }
  return best.number
}
