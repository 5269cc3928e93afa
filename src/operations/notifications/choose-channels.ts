/** A person chooses by which ways they are told of a kind; what the catalogue says anyway is not kept. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { Notification } from '../../models/notification.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import type { Channels } from '../../queries/notifications/kinds.ts'
import {
  choosableKinds,
  queueDigest,
  usualChannels,
  type ChoosableKind,
} from '../../queries/notifications/my-choices.ts'
import { notificationReader } from '../../queries/notifications/reader.ts'
import { operation } from '../operation.ts'

/**
 * Only the actor's own. @throws DomainError `not-found` for a kind this person is never told of, `sms-no-gateway` and
 * `sms-no-phone` for text messages that could go nowhere
 */
export const chooseChannels = operation(
  'notification.choose',
  async ({ actor }, { kind, ...wished }: Channels & { kind: ChoosableKind }) => {
    authorise(actor, 'choose', Notification)
    if (!choosableKinds(actor).includes(kind)) throw new DomainError('not-found')
    // The digest of the queue is one letter a day or none.
    const channels: Channels =
      kind === queueDigest
        ? { inBell: false, email: wished.email === 'off' ? 'off' : 'digest', sms: false }
        : wished
    if (channels.sms) await demandPhone(actor)
    const usual = usualChannels(kind)
    const isUsual =
      channels.inBell === usual.inBell && channels.email === usual.email && channels.sms === usual.sms
    if (isUsual)
      await sequelize.query('delete from notification_choices where user_id = $1 and kind = $2', {
        type: QueryTypes.DELETE,
        bind: [actor.id, kind],
      })
    else
      await sequelize.query(
        `insert into notification_choices (user_id, kind, in_bell, email, sms) values ($1, $2, $3, $4, $5)
         on conflict (user_id, kind) do update set in_bell = excluded.in_bell, email = excluded.email, sms = excluded.sms`,
        {
          type: QueryTypes.INSERT,
          bind: [actor.id, kind, channels.inBell, channels.email, channels.sms],
        },
      )
  },
)

/** Nothing is promised in vain: there is a gateway, and the phone is proved to be theirs. */
async function demandPhone({ id, organisationId }: Actor): Promise<void> {
  if (env().SMS_URL === undefined) throw new DomainError('sms-no-gateway')
  const reader = id === null ? null : await notificationReader(id, organisationId)
  if (!reader?.phone) throw new DomainError('sms-no-phone')
}
