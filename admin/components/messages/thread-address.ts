/** Where the screens of messages stand in the address: which list, which conversation, what a new one is about. */

import { pageUrl } from '../desk-api.ts'

export type About = { kind: string; id: number }

const url = (params: Record<string, string | number | null | undefined>): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(params))
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return pageUrl('messages') + (text ? `?${text}` : '')
}

export const threadUrl = (threadId: number, view?: string | null): string => url({ view, thread: threadId })
export const threadsUrl = (view?: string | null): string => url({ view })
/** Where a message to a client that is still to be chosen begins. */
export const chooseUrl = (): string => url({ about: 'client' })
/** Where a message about a record begins. */
export const writeUrl = ({ kind, id }: About): string => url({ about: `${kind}-${id}` })

/** `choose` while the client is not chosen yet. */
export const aboutOf = (text: string | null): About | 'choose' | null => {
  if (text === 'client') return 'choose'
  const [, kind, id] = /^([a-z-]+)-(\d+)$/.exec(text ?? '') ?? []
  return kind && id ? { kind, id: Number(id) } : null
}
