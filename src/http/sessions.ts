/** Sessions: kept in PostgreSQL, so that they end for all web processes at once. */
import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import { pool } from '../db/pool.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import type { Door } from './doors.ts'

export type Way = 'password' | 'code' | 'recovery_code' | 'passkey'

declare module 'express-session' {
  interface SessionData {
    userId: number
    /** Must equal the user's own: raising that ends every session of the user. */
    sessionVersion: number
    signedInAt: number
    /** How the person proved who they are. */
    way: Way
    /** When they last did: what opens an account is changed only soon after. */
    provedAt: number
    /** The password was right, a second proof is still to come. */
    pending: { userId: number; sessionVersion: number; at: number }
    /** The membership a client acts by; without it, the first that is in force. */
    membershipId: number
  }
}

const EIGHT_HOURS = 8 * 3600_000
const TOUCH_EVERY = 5 * 60_000

const Store = connectPgSimple(session)

/** Moves the expiry at most once in five minutes: a write on every read would cost more than the read. */
class SessionStore extends Store {
  readonly #touched = new Map<string, number>()

  override touch(sid: string, data: session.SessionData, done: () => void = () => {}): void {
    const now = Date.now()
    if (now - (this.#touched.get(sid) ?? 0) < TOUCH_EVERY) return done()
    if (this.#touched.size > 10_000) this.#touched.clear()
    this.#touched.set(sid, now)
    const expires = Math.ceil((data.cookie.expires?.getTime() ?? now + EIGHT_HOURS) / 1000)
    pool()
      .query('update sessions set expire = to_timestamp($2), seen_at = now() where sid = $1', [sid, expires])
      .catch((fault: unknown) => log.warn({ err: fault }, 'the session store failed'))
      .finally(done)
  }
}

/** @returns the middleware and how to stop its clean-up timer. */
export function sessions({ root, cookie }: Door): {
  middleware: ReturnType<typeof session>
  close: () => void
} {
  const store = new SessionStore({
    pool: pool(),
    tableName: 'sessions',
    pruneSessionInterval: 15 * 60,
    ttl: EIGHT_HOURS / 1000,
    errorLog: (...details: unknown[]) => log.warn({ details }, 'the session store failed'),
  })
  const middleware = session({
    name: cookie,
    secret: env().SESSION_SECRET,
    store,
    resave: false,
    saveUninitialized: false,
    // The cookie is sent once, when the session begins: sent again with every answer, one that comes late would put
    // the session that was left in the place of the one begun meanwhile. How long it lasts, the store knows.
    rolling: false,
    cookie: { path: root, httpOnly: true, sameSite: 'lax', secure: 'auto' },
  })
  return { middleware, close: () => store.close() }
}

export type SessionOwner = Readonly<{
  userId: number
  way: Way
  address: string | null
  device: string | null
}>

/** Writes down whose session it is, from where and how it was opened: its owner sees them all and may end each. */
export const keepOwner = (sid: string, { userId, way, address, device }: SessionOwner): Promise<unknown> =>
  pool().query(
    `update sessions set user_id = $2, way = $3, address = $4, device = $5, signed_in_at = now(), seen_at = now()
      where sid = $1`,
    [sid, userId, way, address, device],
  )
