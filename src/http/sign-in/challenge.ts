/**
 * What a passkey is asked to sign, in a signed cookie of its own. The sign-in page asks by itself and may be answered
 * late: a session of nobody in that answer would take the place of the one that the password began meanwhile.
 */
import type { Request, Response } from 'express'
import { fingerprints } from '../../crypto/fingerprint.ts'
import { pool } from '../../db/pool.ts'
import { DomainError } from '../../domain/errors.ts'
import { cookieOf, sendCookie } from '../cookies.ts'

export type Asked = 'sign-in' | 'add'

// A page with a field for passkeys may stand open for long before its reader comes back to it.
const LASTS_MS = 30 * 60_000

const nameOf = (asked: Asked): string => `certdesk.passkey-${asked}`

const signedText = (asked: Asked, challenge: string, at: string): string => [asked, challenge, at].join('\n')

/** The answer must be sent to a route of the same router as the question: the cookie goes nowhere else. */
export function keepChallenge(request: Request, response: Response, asked: Asked, challenge: string): void {
  const at = String(Date.now())
  const signature = fingerprints().of('passkey-challenge', signedText(asked, challenge, at))
  sendCookie(response, nameOf(asked), [challenge, at, signature].join('.'), {
    path: request.baseUrl,
    lastsMs: LASTS_MS,
    sameSite: 'strict',
  })
}

/** Each challenge is answered once, rightly or wrongly, in all web processes. @throws DomainError `key-stale` */
export async function spendChallenge(request: Request, response: Response, asked: Asked): Promise<string> {
  const [challenge = '', at = '', ...signature] = (cookieOf(request, nameOf(asked)) ?? '').split('.')
  response.clearCookie(nameOf(asked), { path: request.baseUrl })
  const said = signedText(asked, challenge, at)
  const isOurs = fingerprints().matches(signature.join('.'), 'passkey-challenge', said)
  if (!isOurs || Date.now() - Number(at) > LASTS_MS) throw new DomainError('key-stale')
  const { rowCount } = await pool().query(
    'insert into spent_challenges (challenge) values ($1) on conflict do nothing',
    [challenge],
  )
  if (rowCount === 0) throw new DomainError('key-stale')
  return challenge
}
