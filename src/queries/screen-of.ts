/** Where a record is opened in the back office, and what of it has a twin in the cabinet. */
import { sideOf, type Actor, type Side } from '../policies/actor.ts'

const root = '/admin'
const roots: Readonly<Record<Side, string>> = { staff: root, client: '/cabinet' }

/** Where a person begins. */
export const homeOf = (actor: Actor): string => roots[sideOf(actor)]

/** Where a person chooses by which ways they are told of what. */
export const settingsOf = (actor: Actor): string => `${roots[sideOf(actor)]}/pages/notifications`

/** The page of a record; the organisation's is its card. */
export const screenOf = (resourceId: string, id: number, side: Side = 'staff'): string =>
  `${roots[side]}/resources/${resourceId}/records/${id}/show`

/** One's own account, opened at a tab. */
export const profileOf = (side: Side, tab: string): string => `${roots[side]}/pages/profile?tab=${tab}`

/** A list narrowed by conditions: `listOf('mails', { state: 'failed' })`. */
export function listOf(resourceId: string, filters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(filters).map(([key, value]) => [`filters.${key}`, value]))
  return `${root}/resources/${resourceId}${query.size > 0 ? `?${query.toString()}` : ''}`
}

/** A page of its own, such as the queue. */
export const pageOf = (name: string, params: Readonly<Record<string, string>>): string =>
  `${root}/pages/${name}?${new URLSearchParams(params).toString()}`

/** The file of a record: `document`, `folder` or `export`. */
export const fileOf = (kind: 'document' | 'folder' | 'export', id: number): string =>
  `${root}/files/${kind}/${id}`

/** A conversation, on the reader's side of the product. */
export const threadOf = (side: Side, threadId: number): string =>
  `${roots[side]}/pages/messages?thread=${threadId}`
