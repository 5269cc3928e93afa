/** The one way to tell people something: rows in the transaction of their cause, for the bell, letters and the digest. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { specOf, type NotificationKind } from '../../queries/notifications/kinds.ts'
import { enqueueMany } from '../../queue/enqueue.ts'

export type Notice = Readonly<{
  kind: NotificationKind
  subjectId: number
  /** Which of several events of this kind with this subject: the version of a row, a day. */
  occasion?: string | number
  officeId: number | null
  /** The client it concerns: its people are told as those of this organisation. */
  organisationId?: number | null
  /** Whose work it is about; the catalogue says what that means for the kind. */
  authorId?: number | null
  /** Instead of the catalogue: exactly these people. */
  recipients?: readonly number[]
  /** Nobody has to be told what they have just done. */
  exceptId?: number | null
  /** Ids, counts and names of programs that the subject's row does not hold; never personal data. */
  params?: Readonly<Record<string, string | number>>
  now: Date
}>

type Told = { id: number; recipientId: number; isWanted: boolean }

const userIdsPerNotice = 500

/**
 * Writes one notification for each person it concerns, in the ambient transaction; how many were new. A second call with
 * the same kind, subject and occasion tells nobody twice. Open screens hear of it at the commit.
 */
export async function notify(notice: Notice): Promise<number> {
  const { who, told, subject, channels } = specOf(notice.kind)
  const rows = await sequelize.query<Told>(
    `with able as (
       select u.id, u.role = 'client' as is_client, case
         when $1::bigint[] is not null then case when u.id = any ($1) then 1 end
         when $2::boolean and u.id = $3 then 1
         when $4::boolean and u.role = any ($5) and (u.office_id = $6 or u.office_id is null) then 2
         when $17::boolean and exists (select from memberships m
           where m.user_id = u.id and m.organisation_id = $18 and m.state = 'active' and m.role = any ($5)) then 2
         -- An office without such people still has somebody to tell.
         when $4::boolean and u.role = 'administrator' then 3 end as place
       from users u where u.state = 'active' and u.deleted_at is null
     ), chosen as (
       select id, is_client from able where place = (select min(place) from able) and id is distinct from $7
     )
     insert into notifications (recipient_id, office_id, organisation_id, kind, subject_type, subject_id, occasion, params, in_bell, email,
       sms, created_at)
     select chosen.id, $6, case when chosen.is_client then $18::bigint end, $8, $9, $10, $11, $12::jsonb, coalesce(c.in_bell, $13), coalesce(c.email, $14),
       coalesce(c.sms, $15), $16
     from chosen left join notification_choices c on c.user_id = chosen.id and c.kind = $8
     on conflict do nothing
     returning id, recipient_id as "recipientId", email = 'now' or sms as "isWanted"`,
    {
      type: QueryTypes.SELECT,
      bind: [
        notice.recipients ? [...notice.recipients] : null,
        told === 'author' || told === 'author-else-office',
        notice.authorId ?? null,
        told === 'office' || told === 'author-else-office',
        who,
        notice.officeId,
        notice.exceptId ?? null,
        notice.kind,
        subject,
        notice.subjectId,
        String(notice.occasion ?? ''),
        JSON.stringify(notice.params ?? {}),
        channels.inBell,
        channels.email,
        channels.sms,
        notice.now,
        told === 'client',
        notice.organisationId ?? null,
      ],
    },
  )
  await enqueueMany(
    'notification.deliver',
    rows.flatMap(({ id, isWanted }) => (isWanted ? [{ key: `notification-${id}`, notificationId: id }] : [])),
    notice.officeId === null ? {} : { officeId: notice.officeId },
  )
  await tellBells(rows.map(({ recipientId }) => recipientId))
  return rows.length
}

/** The bells of these people count again when the transaction commits. */
export async function tellBells(userIds: readonly number[]): Promise<void> {
  for (let start = 0; start < userIds.length; start += userIdsPerNotice)
    await notifyDesk({ topic: 'notifications', userIds: userIds.slice(start, start + userIdsPerNotice) })
}
