/** Organisations by ИНН, КПП, ОГРН, phone or a fragment of the name. */
import type { SearchHit } from '../../../admin/desk-types.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'
import { visible } from '../visible.ts'
import { matchPiece } from './match-piece.ts'
import { findByName } from './names.ts'
import { findByPhone } from './phones.ts'
import type { Terms } from './read-terms.ts'

type Found = {
  id: number
  search_name: string
  name: string
  tax_id: string | null
  kpp: string | null
  registration_number: string | null
  phone: string | null
}

const columns = 't.name, t.tax_id, t.kpp, t.registration_number, t.phone'
const last = String.fromCodePoint(0x10ffff)
const shortestTaxId = 3
const longestNameOfDigits = 6

export async function findOrganisations(actor: Actor, terms: Terms, limit: number): Promise<SearchHit[]> {
  const isName = terms.digits === null || terms.digits.length <= longestNameOfDigits
  const [byCode, byPhone, byName] = await Promise.all([
    findByCode(actor, terms, limit),
    findByPhone<Found>(actor, { model: Organisation, columns }, terms, limit),
    isName ? findByName<Found>(actor, { model: Organisation, columns, hasForms: true }, terms, limit) : [],
  ])
  const found = new Map([...byCode, ...byPhone, ...byName].map((row) => [row.id, row]))
  return [...found.values()].slice(0, limit).map((row) => toHit(row, terms))
}

function findByCode(actor: Actor, { digits }: Terms, limit: number): Promise<Found[]> | Found[] {
  if (digits === null || digits.length < shortestTaxId) return []
  const scope = visible(actor, Organisation, 't')
  const from = `select t.id, t.search_name, ${columns}, %place as place from organisations t
    where ${scope.sql} and t.deleted_at is null and`
  const begins = (column: string, place: number) =>
    `(${from.replace('%place', String(place))} t.${column} ~>=~ $digits and t.${column} ~<~ ($digits || $last)
      order by t.${column} using ~<~ limit $limit)`
  const parts = [begins('tax_id', 0)]
  if (digits.length === 9) parts.push(`(${from.replace('%place', '1')} t.kpp = $digits limit $limit)`)
  if (digits.length >= 8) parts.push(begins('registration_number', 2))
  return rows<Found>(
    `select * from (${parts.join(' union all ')}) as found order by place, tax_id limit $limit`,
    {
      ...scope.bind,
      digits,
      last,
      limit,
    },
  )
}

function toHit(row: Found, terms: Terms): SearchHit {
  const codes = [row.tax_id, row.kpp].filter((code) => code !== null)
  // The code that was asked for is shown, though it is not what tells organisations apart.
  const asked = [row.registration_number, row.phone].find(
    (code) =>
      code !== null &&
      terms.digits !== null &&
      matchPiece(terms, row.name, ...codes) === '' &&
      matchPiece(terms, code) !== '',
  )
  const subtitle = [...codes, ...(asked ? [asked] : [])].join(' · ')
  return {
    id: row.id,
    title: row.name,
    subtitle,
    href: screenOf('organisations', row.id),
    match: matchPiece(terms, row.name, subtitle),
  }
}
