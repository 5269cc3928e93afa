/** Papers of people for the office: masked to read, in full only with a reason. */
import { Router } from 'express'
import { z } from 'zod'
import { revealIdentity } from '../../operations/identities/reveal-identity.ts'
import { identitySheet } from '../../queries/identities/identity-sheet.ts'
import { actorOf } from './actor-of.ts'
import { ask, contextOf, read } from './answers.ts'

const id = z.coerce.number().int().positive()
const reveal = z.strictObject({ reason: z.string().max(500) })

export function identityRoutes(): Router {
  const router = Router()
  router.get(
    '/identities/:id',
    ask((request, response) =>
      identitySheet(actorOf(response), { identityId: read(id, request.params['id']) }),
    ),
  )
  router.post(
    '/identities/:id/reveal',
    ask((request, response) =>
      revealIdentity(contextOf(response), {
        identityId: read(id, request.params['id']),
        reason: read(reveal, request.body).reason,
      }),
    ),
  )
  return router
}
