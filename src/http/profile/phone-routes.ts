/** A person's own phone, proved by a code: `/desk/profile/phone`, behind the guard of either door. */
import { Router } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { confirmPhone, sendPhoneCode } from '../../operations/users/phone-codes.ts'
import { ownContact } from '../../queries/users/own-contact.ts'
import { principalOf } from '../current-request.ts'
import { actorOf } from '../desk/actor-of.ts'
import { ask, contextOf, read } from '../desk/answers.ts'
import { takeAttempt } from '../sign-in-throttle.ts'
import { act, guess } from './steps.ts'

const phoneForm = z.strictObject({ phone: z.string().max(60) })
const codeForm = z.strictObject({ code: z.string().max(40) })

export function phoneRoutes(): Router {
  const router = Router()
  const hasSms = () => env().SMS_URL !== undefined
  router.get(
    '/',
    ask((_request, response) => ownContact(actorOf(response), { hasSms: hasSms(), now: new Date() })),
  )
  router.post(
    '/send',
    act(async (request, response) => {
      const { phone } = read(phoneForm, request.body)
      const { id } = principalOf(response).signedIn
      // Each message costs money: none is given back.
      const { waitSeconds } = await takeAttempt('sms', String(id), request.ip ?? '')
      if (waitSeconds > 0) throw new DomainError('too-many-tries', { count: Math.ceil(waitSeconds / 60) })
      const { usualCountry } = await ownContact(actorOf(response), { hasSms: hasSms(), now: new Date() })
      await sendPhoneCode(contextOf(response), { phone, country: usualCountry })
    }),
  )
  router.post(
    '/confirm',
    act(async (request, response) => {
      const { code } = read(codeForm, request.body)
      const { id } = principalOf(response).signedIn
      await guess(request, 'code', `phone ${id}`, 'phone-code-wrong', async () => {
        const entered = await confirmPhone(contextOf(response), { code })
        if (entered.outcome === 'wrong') throw new DomainError('phone-code-wrong', { count: entered.left })
        if (entered.outcome === 'ended') throw new DomainError('phone-code-ended')
      })
    }),
  )
  return router
}
