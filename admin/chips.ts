/** How many rows each quick filter of a list would show, the other conditions of the address kept. */
import { DomainError } from '../src/domain/errors.ts'
import type { Side } from '../src/policies/actor.ts'
import { cabinetResources } from './cabinet/index.ts'
import type { ChipCounts } from './desk-types.ts'
import { resources } from './resources/index.ts'

type Query = Readonly<Record<string, unknown>>

/** @throws DomainError `not-found`, `forbidden`, `bad-filter` */
export async function chipCounts(side: Side, resourceId: string, query: Query): Promise<ChipCounts> {
  const found = (side === 'staff' ? resources : cabinetResources).find(({ spec }) => spec.id === resourceId)
  if (!found) throw new DomainError('not-found')
  const chips = found.spec.chips ?? []
  // Chips exclude each other: what one of them asks about is not a condition for the others.
  const owned = new Set(chips.flatMap(({ filters }) => Object.keys(filters)))
  const others = Object.fromEntries(
    Object.entries(query).filter(([key]) => !owned.has(key.replace(/^filters\./, '').replace(/~~.*/, ''))),
  )
  const counts = await Promise.all(
    chips.map(async ({ key, filters }) => {
      const own = Object.fromEntries(
        Object.entries(filters).map(([name, value]) => [`filters.${name}`, value]),
      )
      return [key, await found.resource.countOf({ ...others, ...own })] as const
    }),
  )
  return Object.fromEntries(counts)
}
