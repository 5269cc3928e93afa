/** What every screen of either side asks for itself: events, notifications, messages, the chips of a list, requisites while they are typed, what the person prefers. */
import { Router, json } from 'express'
import { z } from 'zod'
import type { ChipCounts } from '../../../admin/desk-types.ts'
import { languages } from '../../domain/language.ts'
import { savePreferences } from '../../operations/preferences/save-preferences.ts'
import { checkTyped, checkedForms } from '../../queries/organisations/check-typed.ts'
import { sideOf, type Side } from '../../policies/actor.ts'
import { enterRequest } from '../current-request.ts'
import { actorOf } from './actor-of.ts'
import { act, ask, contextOf, read } from './answers.ts'
import type { DeskEvents } from './events.ts'
import { notificationRoutes } from './notification-routes.ts'
import { draftFiles, threadRoutes } from './thread-routes.ts'

export type ScreenParts = Readonly<{
  /** How many rows each chip of a list would show with the other conditions of the address kept. */
  chips: (side: Side, resourceId: string, query: Readonly<Record<string, unknown>>) => Promise<ChipCounts>
  events: DeskEvents
}>

export const resourceId = z.string().regex(/^[a-z][a-z-]{1,40}$/)
const property = z.string().max(60)
const typedForm = z.object({
  form: z.enum(checkedForms),
  values: z.record(z.string().max(60), z.string().max(500).nullable()),
})
const wishes = z.strictObject({
  language: z.enum(languages).optional(),
  columns: z.record(resourceId, z.array(property).max(60)).optional(),
  perPage: z.number().int().min(5).max(500).optional(),
  recent: z.array(z.number().int().positive()).max(20).optional(),
})

/** From here on bodies are JSON and the request is known to everything it calls. */
export function ownScreen({ chips, events }: ScreenParts): Router {
  const router = Router()
  router.get('/events', events.handler)
  // These read their own bodies, file by file.
  router.use(draftFiles())
  router.use(json({ limit: '64kb' }), enterRequest)
  router.use(notificationRoutes(), threadRoutes())
  router.get(
    '/chips/:resourceId',
    ask((request, response) =>
      chips(sideOf(actorOf(response)), read(resourceId, request.params['resourceId']), request.query),
    ),
  )
  // A question, but the numbers of people and firms do not belong into an address.
  router.post(
    '/requisites',
    ask((request, response) => checkTyped(actorOf(response), read(typedForm, request.body))),
  )
  router.post(
    '/preferences',
    act((request, response) => savePreferences(contextOf(response), read(wishes, request.body))),
  )
  return router
}
