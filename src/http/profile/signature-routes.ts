/** A statement to sign and the signature that comes back: `/cabinet/desk/profile/signature/:subject`, for clients alone. */
import { raw, Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { signerOf } from '../../identity/define-verifier.ts'
import { confirmBySignature } from '../../operations/identities/confirm-by-signature.ts'
import { approveBySignature } from '../../operations/registrations/approve-by-signature.ts'
import {
  statementOf,
  type AskedStatement,
  type SignedSubject,
} from '../../queries/identities/statement-of.ts'
import { fileStore } from '../../storage/files.ts'
import { actorOf } from '../desk/actor-of.ts'
import { contextOf, read } from '../desk/answers.ts'
import { principalOf } from '../current-request.ts'
import { takeAttempt } from '../sign-in-throttle.ts'
import { act } from './steps.ts'

const subjects = z.enum(['identity', 'registration'])
const limit = 256 * 1024

const takers = { identity: confirmBySignature, registration: approveBySignature } as const

async function askedOf(request: Request, response: Response) {
  const subject: SignedSubject = read(subjects, request.params['subject'])
  const site = new URL(env().PUBLIC_URL).host
  const asked = await statementOf(actorOf(response), { subject, site })
  if (!asked) throw new DomainError('not-found')
  return { subject, asked }
}

/** In the storage for as long as it takes to be believed; refused, nothing of it stays. */
async function take(response: Response, subject: SignedSubject, asked: AskedStatement, signature: Buffer) {
  const store = fileStore()
  const context = contextOf(response)
  const { id, version, country, text } = asked
  const kept = await store.put(signature, { maxSize: limit }).catch((fault: unknown) => {
    throw isDomainError(fault, 'file-type-refused') ? new DomainError('signature.unreadable') : fault
  })
  try {
    if (kept.mime !== 'application/pkcs7-signature') throw new DomainError('signature.unreadable')
    const question = { country, document: Buffer.from(text), signature }
    const { signer, source } = await signerOf(question, context.now)
    const evidence = { ...kept, name: `${subject}-${id}.p7s` }
    await takers[subject](context, { id, version, text, signer, source, evidence })
  } catch (fault) {
    await store.remove(kept.key)
    throw fault
  }
}

export function signatureRoutes(): Router {
  const router = Router()
  router.get('/:subject', async (request, response) => {
    const { subject, asked } = await askedOf(request, response)
    response.attachment(`${subject}-${asked.id}.txt`).type('text/plain; charset=utf-8').send(asked.text)
  })
  router.post(
    '/:subject',
    raw({ type: 'application/octet-stream', limit }),
    act(async (request, response) => {
      const { subject, asked } = await askedOf(request, response)
      const { id } = principalOf(response).signedIn
      const { waitSeconds } = await takeAttempt('signature', String(id), request.ip ?? '')
      if (waitSeconds > 0) throw new DomainError('too-many-tries', { count: Math.ceil(waitSeconds / 60) })
      const signature: unknown = request.body
      if (!Buffer.isBuffer(signature) || signature.length === 0) throw new DomainError('signature.unreadable')
      await take(response, subject, asked, signature)
    }),
  )
  return router
}
