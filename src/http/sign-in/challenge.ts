/**
 * What a passkey is asked to sign, in a signed cookie of its own. The sign-in page asks by itself and may be answered
 * late: a session of nobody in that answer would take the place of the one that the password began meanwhile.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import { pool } from '../../db/pool.ts'
import { DomainError } from '../../domain/errors.ts'
import { env } from '../../env.ts'
import { cookieOf } from '../cookies.ts'

export type Asked = 'sign-in' | 'add'

// A page with a field for passkeys may stand open for long before its reader comes back to it.
const LASTS_MS = 30 * 60_000

const nameOf = (asked: Asked): string => `certdesk.passkey-${asked}`

const signed = (asked: Asked, challenge: string, at: string): string =>
  createHmac('sha256', env().SESSION_SECRET)
    .update(['passkey challenge', asked, challenge, at].join('\n'))
    .digest('base64url')

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** The answer must be sent to a route of the same router as the question: the cookie goes nowhere else. */
export function keepChallenge(request: Request, response: Response, asked: Asked, challenge: string): void {
  const at = String(Date.now())
  response.cookie(nameOf(asked), [challenge, at, signed(asked, challenge, at)].join('.'), {
    path: request.baseUrl,
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    maxAge: LASTS_MS,
  })
}

/** Each challenge is answered once, rightly or wrongly, in all web processes. @throws DomainError `key-stale` */
export async function spendChallenge(request: Request, response: Response, asked: Asked): Promise<string> {
  const [challenge = '', at = '', signature = ''] = (cookieOf(request, nameOf(asked)) ?? '').split('.')
  response.clearCookie(nameOf(asked), { path: request.baseUrl })
  const isOurs = isSame(signature, signed(asked, challenge, at)) && Date.now() - Number(at) <= LASTS_MS
  if (!isOurs) throw new DomainError('key-stale')
  const { rowCount } = await pool().query(
    'insert into spent_challenges (challenge) values ($1) on conflict do nothing',
    [challenge],
  )
  if (rowCount === 0) throw new DomainError('key-stale')
  return challenge
}
