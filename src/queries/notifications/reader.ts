/** A person as a reader of notifications: with the rights they have now, and where their letters go. */
import type { Actor, Role } from '../../policies/actor.ts'
import { row } from '../rows.ts'

export type NotificationReader = Readonly<{
  actor: Actor
  email: string | null
  /** Letters do not reach the address, in the words of the mail server. */
  emailFailing: { since: Date; reason: string } | null
  /** Confirmed by a code; another may be anybody's. */
  phone: string | null
  /** How the last message to the phone ended, unless it was sent: a code under `errors`. */
  phoneFailing: { since: Date; code: string; isCertain: boolean } | null
}>

type Found = Pick<Actor, 'officeId' | 'organisationId' | 'language' | 'timezone' | 'name'> & {
  role: Role | null
  email: string
  phone: string | null
  since: Date | null
  reason: string | null
  smsAt: Date | null
  smsState: 'sent' | 'failed' | 'uncertain' | null
  smsCode: string | null
}

/**
 * Null for an account that is blocked or deleted, and for a client who is nobody at the organisation any more: nothing
 * is sent to them. Without an organisation a client reads what is about themselves, and sees nobody's records.
 */
export async function notificationReader(
  userId: number,
  organisationId: number | null,
): Promise<NotificationReader | null> {
  const found = await row<Found>(
    `select case when u.role <> 'client' then u.role when $organisationId::bigint is null then 'applicant' else m.role end as role,
       case u.role when 'client' then m.office_id else u.office_id end as "officeId", m.organisation_id as "organisationId",
       u.language, u.timezone, u.email,
       case when u.phone_confirmed_at is not null then u.phone end as phone, u.email_failing_since as since,
       u.email_failing_reason as reason, u.name || ' ' || u.surname as name,
       s.created_at as "smsAt", s.state as "smsState", s.failure_code as "smsCode"
     from users u
     left join lateral (select created_at, state, failure_code from sms_messages
       where phone = u.phone and state in ('sent', 'failed', 'uncertain') order by id desc limit 1) s
       on u.phone_confirmed_at is not null
     left join memberships m on m.user_id = u.id and m.organisation_id is not distinct from $organisationId::bigint
       and m.state = 'active'
     where u.id = $userId and u.state = 'active' and u.deleted_at is null order by m.id limit 1`,
    { userId, organisationId },
  )
  if (!found?.role) return null
  const { email, phone, role, since, reason, smsAt, smsState, smsCode, ...rest } = found
  return {
    actor: { ...rest, role, kind: 'user', id: userId },
    email: email.trim() || null,
    emailFailing: since && { since, reason: reason ?? '' },
    phone,
    phoneFailing:
      smsAt && smsState !== 'sent'
        ? { since: smsAt, code: smsCode ?? 'sms.fate-unknown', isCertain: smsState === 'failed' }
        : null,
  }
}
