/** Passkeys as browsers speak of them: questions with a challenge, and the check of what comes back. */
import { isIP } from 'node:net'
import type { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Request, Response } from 'express'
import { env } from '../../env.ts'
import { DomainError } from '../../domain/errors.ts'
import { log } from '../../log.ts'
import { Passkey } from '../../models/passkey.ts'
import type { User } from '../../models/user.ts'
import { keepChallenge, spendChallenge } from './challenge.ts'

/** Read with the first passkey: it is some four hundred files. */
const library = () => import('@simplewebauthn/server')

const site = (): URL => new URL(env().PUBLIC_URL)

/** A passkey belongs to the name of the site: at any other address, and at a bare number, there are none. */
export const knowsPasskeys = (request: Request): boolean =>
  isIP(site().hostname) === 0 && `${request.protocol}://${request.get('host')}` === site().origin

/** Any passkey of this site will do: the browser shows those it has. */
export async function askForPasskey(request: Request, response: Response): Promise<unknown> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID: site().hostname, userVerification: 'required' })
  keepChallenge(request, response, 'sign-in', options.challenge)
  return options
}

type Signed = Parameters<typeof verifyAuthenticationResponse>[0]['response']

/** The passkey that signed, and its new counter. @throws DomainError `key-unknown`, `key-stale`, `key-refused` */
export async function checkPasskey(
  request: Request,
  response: Response,
  answer: unknown,
): Promise<{ passkey: Passkey; counter: number }> {
  const expectedChallenge = await spendChallenge(request, response, 'sign-in')
  const given = answer as Signed
  const passkey =
    typeof given?.id === 'string' ? await Passkey.findOne({ where: { credentialId: given.id } }) : null
  if (!passkey) throw new DomainError('key-unknown')
  const { verifyAuthenticationResponse: verify } = await library()
  try {
    const { verified, authenticationInfo } = await verify({
      response: given,
      expectedChallenge,
      expectedOrigin: site().origin,
      expectedRPID: site().hostname,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    })
    if (verified) return { passkey, counter: authenticationInfo.newCounter }
  } catch (fault) {
    // The library tells by words alone; a copied key (an older counter) must be seen by whoever reads the log.
    log.warn({ passkeyId: passkey.id, err: fault }, 'a passkey was refused')
  }
  throw new DomainError('key-refused')
}

/** The device is asked for a key that it can show by itself, after it has recognised its owner. */
export async function askForNewPasskey(request: Request, response: Response, user: User): Promise<unknown> {
  const known = await Passkey.findAll({ where: { userId: user.id } })
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: 'certdesk',
    rpID: site().hostname,
    userID: new TextEncoder().encode(`user-${user.id}`),
    userName: user.email,
    userDisplayName: `${user.name} ${user.surname}`,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  })
  keepChallenge(request, response, 'add', options.challenge)
  return options
}

type Registered = Parameters<typeof verifyRegistrationResponse>[0]['response']

export type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isSynced'>

/** @throws DomainError `key-stale`, `key-refused` */
export async function checkNewPasskey(
  request: Request,
  response: Response,
  answer: unknown,
): Promise<NewPasskey> {
  const expectedChallenge = await spendChallenge(request, response, 'add')
  const { verifyRegistrationResponse: verify } = await library()
  try {
    const { verified, registrationInfo } = await verify({
      response: answer as Registered,
      expectedChallenge,
      expectedOrigin: site().origin,
      expectedRPID: site().hostname,
      requireUserVerification: true,
    })
    if (verified) {
      const { credential, credentialBackedUp } = registrationInfo
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: credential.transports ?? [],
        isSynced: credentialBackedUp,
      }
    }
  } catch (fault) {
    log.warn({ err: fault }, 'a new passkey was refused')
  }
  throw new DomainError('key-refused')
}
