/** How often a password may be tried: counted per account and per address in the database, for all web processes. */
import { createHash } from 'node:crypto'
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'

type Limit = Readonly<{ tries: number; pauseMinutes: number }>

/** After the last try of a series comes a pause; a quarter of an hour without a failure forgets the series. */
export const ACCOUNT_LIMIT: Limit = { tries: 5, pauseMinutes: 5 }
const ADDRESS_LIMIT: Limit = { tries: 50, pauseMinutes: 15 }

// The address typed is a person's, also when nobody here has it: only its hash is kept.
const accountKey = (email: string): string =>
  `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`
const addressKey = (ip: string): string => `address:${ip}`

export type Attempt = Readonly<{
  /** Seconds until the next try is looked at; 0 = now. */
  waitSeconds: number
  /** Tries left before the pause, this one taken. */
  left: number
}>

/**
 * Takes one try of a key. It is taken *before* the password is looked at, so a hundred parallel guesses are a hundred
 * tries. During a pause nothing is counted: knocking must not make the pause longer for the owner of the account.
 */
async function take(key: string, { tries, pauseMinutes }: Limit): Promise<Attempt> {
  const [row] = await sequelize.query<{ failures: number; wait: number }>(
    `insert into sign_in_attempts as a (key, failures, first_failure_at, blocked_until)
     values ($1, 1, now(), null)
     on conflict (key) do update set
       failures = case
         when a.blocked_until > now() then a.failures
         when a.blocked_until is not null or a.first_failure_at < now() - interval '15 minutes' then 1
         else a.failures + 1 end,
       first_failure_at = case
         when a.blocked_until > now() then a.first_failure_at
         when a.blocked_until is not null or a.first_failure_at < now() - interval '15 minutes' then now()
         else a.first_failure_at end,
       blocked_until = case
         when a.blocked_until > now() then a.blocked_until
         when a.blocked_until is not null or a.first_failure_at < now() - interval '15 minutes' then null
         when a.failures + 1 > $2 then now() + make_interval(mins => $3)
         else null end
     returning failures, greatest(0, ceil(extract(epoch from blocked_until - now())))::int as wait`,
    { bind: [key, tries, pauseMinutes], type: QueryTypes.SELECT },
  )
  const { failures, wait } = row ?? { failures: tries, wait: 0 }
  return { waitSeconds: wait ?? 0, left: Math.max(0, tries - failures) }
}

/** Takes a try of both the account and the address; whichever waits longer decides. */
export async function takeAttempt(email: string, ip: string): Promise<Attempt> {
  const address = await take(addressKey(ip), ADDRESS_LIMIT)
  if (address.waitSeconds > 0) return address
  return take(accountKey(email), ACCOUNT_LIMIT)
}

/** The last try of a series failed: the pause begins now, not with the next knock. */
export const pause = (email: string): Promise<unknown> =>
  sequelize.query(
    `update sign_in_attempts set blocked_until = now() + make_interval(mins => $2)
      where key = $1 and blocked_until is null`,
    { bind: [accountKey(email), ACCOUNT_LIMIT.pauseMinutes] },
  )

/** The password was right: the account's series ends, and the address gets its try back. */
export async function forgiveAttempts(email: string, ip: string): Promise<void> {
  await sequelize.query('delete from sign_in_attempts where key = $1', { bind: [accountKey(email)] })
  await sequelize.query(
    'update sign_in_attempts set failures = greatest(0, failures - 1) where key = $1 and blocked_until is null',
    { bind: [addressKey(ip)] },
  )
}
