/** What the bell and the settings of notifications ask of the server, on either side. */
import type { Tone } from './desk-types.ts'

/** GET /admin/desk/notifications?limit=&language=: what the bell tells, the unread first. */
export type NotificationList = { items: NotificationItem[]; unread: number; hasMore: boolean }
export type NotificationItem = {
  id: number
  tone: Tone
  title: string
  detail: string
  at: string
  isRead: boolean
  /** Null when the reader may not see the subject any more. */
  href: string | null
}

/** GET /admin/desk/notifications/settings; a changed line is POSTed back to the same address. */
export type NotificationSettings = {
  /** Where letters go; null when the account has no address. */
  email: string | null
  /** Letters do not reach it, in the words of the mail server. */
  emailFailing: { since: string; reason: string } | null
  sms: {
    /** Whether text messages can be sent at all here. */
    hasGateway: boolean
    /** Where they go; null until the person has confirmed a phone. */
    phone: string | null
    /** The last one did not arrive, or nobody knows; `code` is under `errors`. */
    failing: { since: string; code: string; isCertain: boolean } | null
  }
  choices: NotificationChoice[]
}
export type NotificationChoice = {
  kind: string
  inBell: boolean
  email: 'off' | 'now' | 'digest'
  sms: boolean
  /** Whether it differs from the usual. */
  isChosen: boolean
}
