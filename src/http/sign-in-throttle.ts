/** How often something at the doors may be tried: counted per subject and per address in the database, for all web processes. */
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'

type Limit = Readonly<{ tries: number; pauseMinutes: number }>

/** What is tried. The subject is an account, an address of mail, a number looked up: whatever a guess is about. */
export type AttemptKind =
  | 'sign-in'
  | 'recovery'
  | 'code'
  | 'link'
  | 'paper'
  | 'register'
  | 'look-up'
  | 'sms'
  | 'signature'

/** After the last try of a series comes a pause; a quarter of an hour without a failure forgets the series. */
const limits: Readonly<Record<AttemptKind, Readonly<{ subject: Limit; address: Limit }>>> = {
  'sign-in': { subject: { tries: 5, pauseMinutes: 5 }, address: { tries: 50, pauseMinutes: 15 } },
  recovery: { subject: { tries: 3, pauseMinutes: 15 }, address: { tries: 20, pauseMinutes: 15 } },
  code: { subject: { tries: 5, pauseMinutes: 5 }, address: { tries: 50, pauseMinutes: 15 } },
  link: { subject: { tries: 20, pauseMinutes: 15 }, address: { tries: 20, pauseMinutes: 15 } },
  paper: { subject: { tries: 20, pauseMinutes: 15 }, address: { tries: 20, pauseMinutes: 15 } },
  register: { subject: { tries: 5, pauseMinutes: 15 }, address: { tries: 20, pauseMinutes: 15 } },
  sms: { subject: { tries: 5, pauseMinutes: 15 }, address: { tries: 20, pauseMinutes: 15 } },
  signature: { subject: { tries: 10, pauseMinutes: 15 }, address: { tries: 40, pauseMinutes: 15 } },
  'look-up': { subject: { tries: 20, pauseMinutes: 15 }, address: { tries: 30, pauseMinutes: 15 } },
}

export const pauseMinutes = (kind: AttemptKind): number => limits[kind].subject.pauseMinutes

// What is typed is a person's, also when nobody here has it: only its hash is kept.
const subjectKey = (kind: AttemptKind, subject: string): string =>
  `${kind}:subject:${createHash('sha256').update(subject.trim().toLowerCase()).digest('hex')}`

// A household or an office has a whole /64 of the new addresses: guessing from all of them is one guesser.
const networkOf = (ip: string): string => {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip
  const [head = '', tail] = ip.split('::')
  const first = head.split(':').filter(Boolean)
  const last = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':')
}

const addressKey = (kind: AttemptKind, ip: string): string => `${kind}:address:${networkOf(ip)}`

export type Attempt = Readonly<{
  /** Seconds until the next try is looked at; 0 = now. */
  waitSeconds: number
  /** Tries left before the pause, this one taken. */
  left: number
}>

/**
 * Takes one try of a key. It is taken *before* the guess is looked at, so a hundred parallel guesses are a hundred
 * tries. During a pause nothing is counted: knocking must not make the pause longer for the owner of the account.
 */
async function take(key: string, { tries, pauseMinutes: minutes }: Limit): Promise<Attempt> {
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
    { bind: [key, tries, minutes], type: QueryTypes.SELECT },
  )
  const { failures, wait } = row ?? { failures: tries, wait: 0 }
  return { waitSeconds: wait ?? 0, left: Math.max(0, tries - failures) }
}

/** Takes a try of both the subject (when there is one) and the address; whichever waits longer decides. */
export async function takeAttempt(kind: AttemptKind, subject: string | null, ip: string): Promise<Attempt> {
  const address = await take(addressKey(kind, ip), limits[kind].address)
  if (address.waitSeconds > 0 || subject === null) return address
  return take(subjectKey(kind, subject), limits[kind].subject)
}

const beginPause = (key: string, minutes: number): Promise<unknown> =>
  sequelize.query(
    `update sign_in_attempts set blocked_until = now() + make_interval(mins => $2)
      where key = $1 and blocked_until is null`,
    { bind: [key, minutes] },
  )

/** The last try of a series failed: the pause begins now, not with the next knock. */
export const pause = (kind: AttemptKind, subject: string): Promise<unknown> =>
  beginPause(subjectKey(kind, subject), limits[kind].subject.pauseMinutes)

/** Seconds this address has to wait, without taking a try: for what is only counted when it was wrong. */
export async function waitOf(kind: AttemptKind, ip: string): Promise<number> {
  const [row] = await sequelize.query<{ wait: number }>(
    `select greatest(0, ceil(extract(epoch from blocked_until - now())))::int as wait
       from sign_in_attempts where key = $1 and blocked_until is not null`,
    { bind: [addressKey(kind, ip)], type: QueryTypes.SELECT },
  )
  return row?.wait ?? 0
}

/** Counts a wrong guess of this address. */
export async function countWrong(kind: AttemptKind, ip: string): Promise<void> {
  const { left } = await take(addressKey(kind, ip), limits[kind].address)
  if (left === 0) await beginPause(addressKey(kind, ip), limits[kind].address.pauseMinutes)
}

/** The guess was right: the subject's series ends, and the address gets its try back. */
export async function forgiveAttempts(kind: AttemptKind, subject: string | null, ip: string): Promise<void> {
  if (subject !== null)
    await sequelize.query('delete from sign_in_attempts where key = $1', {
      bind: [subjectKey(kind, subject)],
    })
  await sequelize.query(
    'update sign_in_attempts set failures = greatest(0, failures - 1) where key = $1 and blocked_until is null',
    { bind: [addressKey(kind, ip)] },
  )
}
