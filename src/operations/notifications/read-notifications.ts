/** A notification is read by its reader, or settled for everybody because somebody has dealt with what it was about. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { Notification } from '../../models/notification.ts'
import { authorise } from '../../policies/define-policy.ts'
import type { NotificationKind } from '../../queries/notifications/kinds.ts'
import { operation } from '../operation.ts'
import { tellBells } from './notify.ts'

/** The actor's own as whom they act now: those named, or all. Not audited: it changes nothing anybody else sees. */
export const readNotifications = operation(
  'notification.read',
  async ({ actor, now }, { ids }: { ids?: readonly number[] | undefined }) => {
    authorise(actor, 'read', Notification)
    await sequelize.query(
      `update notifications set read_at = $2
       where recipient_id = $1 and read_at is null and ($3::bigint[] is null or id = any ($3))
         and (organisation_id is null or organisation_id = $4)`,
      { type: QueryTypes.UPDATE, bind: [actor.id, now, ids ? [...ids] : null, actor.organisationId] },
    )
    if (actor.id !== null) await tellBells([actor.id])
  },
)

/**
 * In the ambient transaction: nobody is asked any more to look at what has been decided. Narrowed to one kind or one
 * recipient, the others still are.
 */
export async function settleNotifications(
  subject: string,
  subjectIds: readonly number[],
  now: Date,
  only: Readonly<{ kind?: NotificationKind; recipientId?: number }> = {},
): Promise<void> {
  const settled = await sequelize.query<{ recipientId: number }>(
    `update notifications set read_at = $3
     where subject_type = $1 and subject_id = any ($2::bigint[]) and read_at is null
       and ($4::text is null or kind = $4) and ($5::bigint is null or recipient_id = $5)
     returning recipient_id as "recipientId"`,
    {
      type: QueryTypes.SELECT,
      bind: [subject, [...subjectIds], now, only.kind ?? null, only.recipientId ?? null],
    },
  )
  await tellBells([...new Set(settled.map(({ recipientId }) => recipientId))])
}
