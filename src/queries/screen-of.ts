/** Where a record is opened in the back office. */

const root = '/admin'

/** The page of a record; the organisation's is its card. */
export const screenOf = (resourceId: string, id: number): string =>
  `${root}/resources/${resourceId}/records/${id}/show`

/** A list narrowed by conditions: `listOf('mails', { state: 'failed' })`. */
export function listOf(resourceId: string, filters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(filters).map(([key, value]) => [`filters.${key}`, value]))
  return `${root}/resources/${resourceId}${query.size > 0 ? `?${query.toString()}` : ''}`
}

/** The file of a record: `document`, `folder` or `export`. */
export const fileOf = (kind: 'document' | 'folder' | 'export', id: number): string =>
  `${root}/files/${kind}/${id}`
