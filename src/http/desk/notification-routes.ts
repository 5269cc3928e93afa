/** What a person asks and says about their own notifications; the same below every guard, of staff and of clients. */
import { Router } from 'express'
import { z } from 'zod'
import { sayNotification } from '../../../admin/locale/say-notification.ts'
import type { NotificationList, NotificationSettings } from '../../../admin/notification-types.ts'
import { languages } from '../../domain/language.ts'
import { env } from '../../env.ts'
import { chooseChannels } from '../../operations/notifications/choose-channels.ts'
import { readNotifications } from '../../operations/notifications/read-notifications.ts'
import type { Actor } from '../../policies/actor.ts'
import { notificationNames, specOf } from '../../queries/notifications/kinds.ts'
import { myChoices, queueDigest } from '../../queries/notifications/my-choices.ts'
import { listedAtMost, myNotifications, unreadCounts } from '../../queries/notifications/my-notifications.ts'
import { notificationReader } from '../../queries/notifications/reader.ts'
import { actorOf } from './actor-of.ts'
import { act, ask, contextOf, read } from './answers.ts'

const listQuestion = z.object({
  limit: z.coerce.number().int().min(1).max(listedAtMost).default(20),
  language: z.enum(languages).default('ru'),
})
const readInput = z.strictObject({ ids: z.array(z.int().positive()).max(listedAtMost).optional() })
const choice = z.strictObject({
  kind: z.enum([queueDigest, ...notificationNames]),
  inBell: z.boolean(),
  email: z.enum(['off', 'now', 'digest']),
  sms: z.boolean(),
})

export function notificationRoutes(): Router {
  const router = Router()
  router.get(
    '/notifications',
    ask(async (request, response) => list(actorOf(response), read(listQuestion, request.query))),
  )
  router.post(
    '/notifications/read',
    act((request, response) => readNotifications(contextOf(response), read(readInput, request.body))),
  )
  router.get(
    '/notifications/settings',
    ask((_request, response) => settings(actorOf(response))),
  )
  router.post(
    '/notifications/settings',
    act((request, response) => chooseChannels(contextOf(response), read(choice, request.body))),
  )
  return router
}

async function list(
  actor: Actor,
  { limit, language }: z.output<typeof listQuestion>,
): Promise<NotificationList> {
  const { items, hasMore } = await myNotifications(actor, { limit })
  const [unread = 0] = await unreadCounts([actor])
  return {
    unread,
    hasMore,
    items: items.map(({ id, kind, at, isRead, params, href }) => ({
      id,
      tone: specOf(kind).tone,
      ...sayNotification(language, { kind, params }),
      at: at.toISOString(),
      isRead,
      href,
    })),
  }
}

async function settings(actor: Actor): Promise<NotificationSettings> {
  const reader = actor.id === null ? null : await notificationReader(actor.id, actor.organisationId)
  const failing = reader?.emailFailing
  return {
    email: reader?.email ?? null,
    emailFailing: failing ? { ...failing, since: failing.since.toISOString() } : null,
    sms: {
      hasGateway: env().SMS_URL !== undefined,
      phone: reader?.phone ?? null,
      failing: reader?.phoneFailing
        ? { ...reader.phoneFailing, since: reader.phoneFailing.since.toISOString() }
        : null,
    },
    choices: await myChoices(actor),
  }
}
