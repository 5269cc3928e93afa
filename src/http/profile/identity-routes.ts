/** A person's own papers and level: `/cabinet/desk/profile/identity`, for clients alone. */
import { Router } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { countries } from '../../domain/requisites/country.ts'
import { submitIdentity, withdrawIdentity } from '../../operations/identities/submit-identity.ts'
import {
  cancelIdentityLetter,
  enterLetterCode,
  orderIdentityLetter,
} from '../../operations/identities/identity-letters.ts'
import { ownFacts, ownIdentity } from '../../queries/identities/own-identity.ts'
import { principalOf } from '../current-request.ts'
import { actorOf } from '../desk/actor-of.ts'
import { ask, contextOf, read } from '../desk/answers.ts'
import { act, guess, proved } from './steps.ts'

const text = z.string().max(400).nullish()
const papers = z.strictObject({
  country: z.enum(countries).nullish(),
  number: text,
  birthDate: text,
  documentKind: text,
  series: text,
  documentNumber: text,
  issuedOn: text,
  issuer: text,
})

const address = z.strictObject({ postcode: text, address: text })
const codeForm = z.strictObject({ code: z.string().max(40) })

export function identityRoutes(): Router {
  const router = Router()
  router.get(
    '/',
    ask((_request, response) =>
      ownIdentity(actorOf(response), { hasSms: env().SMS_URL !== undefined, now: new Date() }),
    ),
  )
  // In the clear they leave only towards somebody who has just shown that they are theirs.
  router.post('/own', act(proved((_request, response) => ownFacts(actorOf(response)))))
  router.post(
    '/submit',
    act(async (request, response) => {
      await submitIdentity(contextOf(response), read(papers, request.body))
    }),
  )
  router.post(
    '/letter/order',
    act(async (request, response) => {
      await orderIdentityLetter(contextOf(response), read(address, request.body))
    }),
  )
  router.post(
    '/letter/cancel',
    act(async (_request, response) => {
      await cancelIdentityLetter(contextOf(response), {})
    }),
  )
  router.post(
    '/letter/code',
    act(async (request, response) => {
      const { code } = read(codeForm, request.body)
      const { id } = principalOf(response).signedIn
      await guess(request, 'code', `letter ${id}`, 'letter-code-wrong', async () => {
        const entered = await enterLetterCode(contextOf(response), { code })
        if (entered.outcome === 'wrong') throw new DomainError('letter-code-wrong', { count: entered.left })
        if (entered.outcome === 'ended') throw new DomainError('letter-code-ended')
      })
    }),
  )
  router.post(
    '/withdraw',
    act(async (_request, response) => {
      await withdrawIdentity(contextOf(response), {})
    }),
  )
  return router
}
