/** The door: signing in and out, and the change of a password that was given by somebody else. */
import { Router, urlencoded, type Request, type RequestHandler, type Response } from 'express'
import { QueryTypes } from 'sequelize'
import { sequelize } from '../src/db/sequelize.ts'
import { isDomainError } from '../src/domain/errors.ts'
import type { Language } from '../src/domain/language.ts'
import { log } from '../src/log.ts'
import { changePassword } from '../src/operations/users/change-password.ts'
import type { Door } from '../src/http/doors.ts'
import { principalOf } from '../src/http/current-request.ts'
import { keepLanguage, visitorLanguage } from '../src/http/language-cookie.ts'
import { keepOwner } from '../src/http/sessions.ts'
import { ACCOUNT_LIMIT, forgiveAttempts, pause, takeAttempt } from '../src/http/sign-in-throttle.ts'
import { refusePassword, verifyPassword } from '../src/passwords.ts'
import { passwordPage, signInPage, type Said } from './sign-in-page.ts'

type Account = {
  id: number
  passwordHash: string | null
  sessionVersion: number
  language: Language
  isOpen: boolean
}

const findAccount = async ({ side }: Door, email: string): Promise<Account | undefined> => {
  const [account] = await sequelize.query<Account>(
    `select id, password_hash as "passwordHash", session_version as "sessionVersion", language,
            state = 'active' and deleted_at is null as "isOpen"
       from users where lower(email) = lower($1) and (role = 'client') = $2`,
    { bind: [email, side === 'client'], type: QueryTypes.SELECT },
  )
  return account
}

/** Null when the address is unknown here, the account closed or the password wrong: the answer must not tell which. */
async function identify(door: Door, email: string, password: string): Promise<Account | null> {
  const account = await findAccount(door, email)
  const isRight = account?.passwordHash
    ? await verifyPassword(account.passwordHash, password)
    : await refusePassword(password)
  return account && isRight && account.isOpen ? account : null
}

/** A path below this door and nothing else: `//evil.example` and `\\evil.example` are other sites. */
function ownPath({ root }: Door, wanted: string | undefined): string {
  const below = wanted?.startsWith(root) ? wanted.slice(root.length) : undefined
  return below !== undefined && /^(\/[^\\]*)?(\?.*)?$/.test(below) && !below.startsWith('/log')
    ? root + below
    : root
}

const field = (request: Request, name: string): string => {
  const value = (request.body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

const regenerate = (request: Request): Promise<void> =>
  new Promise((resolve, reject) =>
    request.session.regenerate((fault: unknown) => (fault ? reject(fault) : resolve())),
  )

const save = (request: Request): Promise<void> =>
  new Promise((resolve, reject) =>
    request.session.save((fault: unknown) => (fault ? reject(fault) : resolve())),
  )

const destroy = (request: Request): Promise<void> =>
  new Promise((resolve, reject) =>
    request.session.destroy((fault: unknown) => (fault ? reject(fault) : resolve())),
  )

/** A new session id with every sign-in: one planted before it is worth nothing after. */
async function open(
  request: Request,
  { id, sessionVersion }: Pick<Account, 'id' | 'sessionVersion'>,
): Promise<void> {
  await regenerate(request)
  Object.assign(request.session, { userId: id, sessionVersion, signedInAt: Date.now() })
  await save(request)
  await keepOwner(request.sessionID, id)
}

const paused = (seconds: number): Said => ({
  key: 'signIn.paused',
  params: { count: Math.ceil(seconds / 60) },
})

const failed = (left: number): Said =>
  left === 0
    ? paused(ACCOUNT_LIMIT.pauseMinutes * 60)
    : { key: 'signIn.wrong', params: { count: left, minutes: ACCOUNT_LIMIT.pauseMinutes } }

// A form of two short fields: anything larger is not one.
const form = urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 })

const html = (response: Response, status: number, page: string): void => {
  response.status(status).type('html').set('Cache-Control', 'no-store').send(page)
}

/** Routes that need no session. `fontsHref` is the style sheet with the fonts. */
export function signInRoutes(door: Door, fontsHref: () => string): Router {
  const router = Router()

  router.get('/login', (request, response) => {
    if (request.session.userId) return response.redirect(door.root)
    html(
      response,
      200,
      signInPage({
        door,
        language: visitorLanguage(request, response),
        fontsHref: fontsHref(),
        email: '',
        fault: null,
      }),
    )
  })

  router.post('/login', form, async (request, response) => {
    const language = visitorLanguage(request, response)
    const email = field(request, 'email').trim().slice(0, 320)
    const password = field(request, 'password')
    const refuse = (status: number, fault: Said) =>
      html(response, status, signInPage({ door, language, fontsHref: fontsHref(), email, fault }))

    const attempt = await takeAttempt(email, request.ip ?? '')
    if (attempt.waitSeconds > 0) {
      response.set('Retry-After', String(attempt.waitSeconds))
      return refuse(429, paused(attempt.waitSeconds))
    }
    const account = await identify(door, email, password)
    if (!account) {
      log.info({ ip: request.ip }, 'sign-in refused')
      if (attempt.left === 0) await pause(email)
      return refuse(401, failed(attempt.left))
    }

    const wanted = ownPath(door, request.session.wanted)
    await forgiveAttempts(email, request.ip ?? '')
    await open(request, account)
    await sequelize.query('update users set last_sign_in_at = now() where id = $1', { bind: [account.id] })
    keepLanguage(response, account.language)
    log.info({ userId: account.id, ip: request.ip }, 'signed in')
    response.redirect(303, wanted)
  })

  router.post('/logout', async (request, response) => {
    await destroy(request)
    response.clearCookie(door.cookie, { path: door.root })
    response.redirect(303, `${door.root}/login`)
  })
  return router
}

/** Routes of somebody who is known already. */
export function passwordRoutes(door: Door, fontsHref: () => string): Router {
  const router = Router()
  const page = (request: Request, response: Response, status: number, fault: Said | null) => {
    const { signedIn, mustChangePassword } = principalOf(response)
    const language = request.query['lang'] ? visitorLanguage(request, response) : signedIn.language
    html(
      response,
      status,
      passwordPage({ door, language, fontsHref: fontsHref(), isForced: mustChangePassword, fault }),
    )
  }

  router.get('/password', (request, response) => page(request, response, 200, null))

  router.post('/password', form, async (request, response) => {
    const { actor, signedIn } = principalOf(response)
    const attempt = await takeAttempt(signedIn.email, request.ip ?? '')
    if (attempt.waitSeconds > 0) return page(request, response, 429, paused(attempt.waitSeconds))
    try {
      const change = { current: field(request, 'current'), next: field(request, 'next') }
      const { id, sessionVersion } = await changePassword({ actor, now: new Date() }, change)
      await forgiveAttempts(signedIn.email, request.ip ?? '')
      await open(request, { id, sessionVersion })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      if (!isDomainError(fault, 'wrong-password')) await forgiveAttempts(signedIn.email, request.ip ?? '')
      return page(request, response, 400, { key: `errors.${fault.code}` })
    }
    response.redirect(303, door.root)
  })
  return router
}

/** Nothing else opens until a password somebody else has seen is replaced. */
export const requireOwnPassword =
  ({ root }: Door): RequestHandler =>
  (request, response, next) => {
    if (!principalOf(response).mustChangePassword) return next()
    if (request.path.startsWith('/api/') || request.path.startsWith('/desk/')) {
      response.status(403).json({ error: 'password-must-change' })
    } else response.redirect(`${root}/password`)
  }
