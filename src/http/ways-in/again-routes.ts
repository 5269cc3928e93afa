/** A wish that was refused, corrected and sent again by whoever is signed in: the two steps that may have been wrong. */
import { Router, type Request, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { registerAgain } from '../../operations/registrations/register-again.ts'
import { refusedWish, type RefusedWish } from '../../queries/registrations/refused-wish.ts'
import { principalOf } from '../current-request.ts'
import { sayFor, type Visit } from '../sign-in/frame.ts'
import { claimSteps } from './claim-steps.ts'
import { draftOf, forgetDraft, type Draft } from './registration-draft.ts'

const base = '/again'

const wishOf = (response: Response): RefusedWish => response.locals['refusedWish'] as RefusedWish

/** What was told then, and what has been corrected since. */
function toldBy(request: Request, response: Response): Draft {
  const { country, subject, source, taxId, kpp, details, officeId, isSubjectOfAccreditation } =
    wishOf(response)
  if (!country || !subject || !taxId) return draftOf(request)
  return {
    kind: { country, isSubjectOfAccreditation, officeId },
    claim: { subject, taxId, kpp, details, source: source ?? 'typed' },
    ...draftOf(request),
  }
}

/** @param visitOf of a person who is signed in at the client's door */
export function againRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()

  router.use(base, async (request, response, next) => {
    const wish = await refusedWish(principalOf(response).signedIn.id)
    if (!wish) return response.redirect(303, visitOf(request, response).door.root)
    response.locals['refusedWish'] = wish
    next()
  })

  router.use(
    claimSteps(visitOf, {
      base,
      of: 2,
      told: toldBy,
      note: (visit, response) => {
        const { reason } = wishOf(response)
        return reason ? `<p class="hint">${sayFor(visit)('door.again.reason', { reason })}</p>` : ''
      },
      onward: async (request, response, { kind, claim }) => {
        try {
          const { actor } = principalOf(response)
          await registerAgain({ actor, now: new Date() }, { ...kind, ...claim })
        } catch (fault) {
          // Sent already, in another window: their home says so.
          if (!isDomainError(fault, 'nothing-refused')) throw fault
        }
        await forgetDraft(request)
        return ''
      },
    }),
  )
  return router
}
