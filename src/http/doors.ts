/** The two doors of the product: where each side comes in, and the cookie that says so. */
import type { Side } from '../policies/actor.ts'

export type Door = Readonly<{
  side: Side
  /** Everything of this side lies below it, its cookie too. */
  root: '/admin' | '/cabinet'
  cookie: string
}>

export const doors = {
  staff: { side: 'staff', root: '/admin', cookie: 'certdesk.sid' },
  client: { side: 'client', root: '/cabinet', cookie: 'certdesk.cabinet' },
} as const satisfies Record<Side, Door>
