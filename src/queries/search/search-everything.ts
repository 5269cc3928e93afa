/** The one search box: small questions asked side by side, three hits a group. */
import type { SearchAnswer, SearchGroupKey, SearchHit } from '../../../admin/desk-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { findOrders } from './orders.ts'
import { findOrganisations } from './organisations.ts'
import { findContracts, findDocuments, findInvoices, findRequests } from './papers.ts'
import { findPeople } from './people.ts'
import { readTerms, type Terms } from './read-terms.ts'
import { findThreads } from './threads.ts'

type Finder = (actor: Actor, terms: Terms, limit: number) => Promise<SearchHit[]>

const finders: readonly (readonly [SearchGroupKey, Finder])[] = [
  ['organisations', findOrganisations],
  ['people', findPeople],
  ['contracts', findContracts],
  ['invoices', findInvoices],
  ['requests', findRequests],
  ['documents', findDocuments],
  ['orders', findOrders],
  ['threads', findThreads],
]

const hitsPerGroup = 3

/** Groups without hits are left out. Fewer than two characters find nothing. */
export async function searchEverything(actor: Actor, { query }: { query: string }): Promise<SearchAnswer> {
  const terms = readTerms(query)
  if (terms === null) return { query, groups: [] }
  const groups = await Promise.all(
    finders.map(async ([key, find]) => ({ key, hits: await find(actor, terms, hitsPerGroup) })),
  )
  return { query, groups: groups.filter(({ hits }) => hits.length > 0) }
}
