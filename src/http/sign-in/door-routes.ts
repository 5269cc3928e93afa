/** Coming in and going out: routes of a door that need no session. */
import { Router, json, type Request, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { log } from '../../log.ts'
import { User } from '../../models/user.ts'
import { isPasswordRight } from '../../operations/users/is-password-right.ts'
import { rememberSignIn } from '../../operations/users/remember-sign-in.ts'
import { ownerOf } from '../../operations/users/own-account.ts'
import { usePasskey } from '../../operations/users/passkeys.ts'
import { requestRecovery } from '../../operations/users/password-links.ts'
import { proveCode } from '../../operations/users/second-factor.ts'
import { systemContext } from '../../operations/system-context.ts'
import { placesOf } from '../../queries/users/places.ts'
import { signInFacts, signInFactsOf, type SignInFacts } from '../../queries/users/sign-in-facts.ts'
import type { Door } from '../doors.ts'
import { keepLanguage, visitorLanguage } from '../language-cookie.ts'
import { loadPrincipal } from '../principal.ts'
import type { Way } from '../sessions.ts'
import { forgiveAttempts, pause, pauseMinutes, takeAttempt, type AttemptKind } from '../sign-in-throttle.ts'
import { field, form, isLanguageSwitch, paused } from './form.ts'
import type { Look, Said, Visit } from './frame.ts'
import { newPasswordRoutes } from './new-password-routes.ts'
import { destroySession, openSession, regenerateSession, saveSession } from './open-session.ts'
import { sendForgotAnswer, sendForgotPage } from './recovery-pages.ts'
import { sendCodePage, sendSignInPage } from './sign-in-pages.ts'
import { forgetWanted, wantedOf } from './wanted.ts'
import { askForPasskey, checkPasskey, knowsPasskeys } from './webauthn.ts'
import { invitationRoutes } from '../ways-in/invitation-routes.ts'
import { joinRoutes } from '../ways-in/join-routes.ts'
import { registerRoutes } from '../ways-in/register-routes.ts'

const signature = json({ limit: '16kb' })

// Between the password and the code.
const PENDING_MS = 10 * 60_000

/** What a failed guess is answered; it is the same whatever was wrong with it. */
const failed = (kind: AttemptKind, key: string, left: number): Said =>
  left === 0 ? paused(pauseMinutes(kind) * 60) : { key, params: { count: left, minutes: pauseMinutes(kind) } }

/** Null when the address is unknown, the account closed or the password wrong: the answer must not tell which. */
async function identify({ side }: Door, email: string, password: string): Promise<SignInFacts | null> {
  const account = await signInFacts(side, email)
  const isRight = await isPasswordRight(account?.passwordHash, password)
  return account && isRight && account.isOpen ? account : null
}

/** @param look addresses of what the pages load */
export function doorRoutes(door: Door, look: Look): Router {
  const router = Router()
  const visitOf = (request: Request, response: Response): Visit => ({
    door,
    look,
    response,
    language: visitorLanguage(request, response),
    knowsPasskeys: knowsPasskeys(request),
  })

  /** Opens the session and says where the person wanted to go. */
  const enter = async (request: Request, response: Response, account: SignInFacts, way: Way) => {
    await openSession(request, account, way)
    await rememberSignIn(account.id)
    keepLanguage(response, account.language)
    log.info({ userId: account.id, ip: request.ip, way }, 'signed in')
    const hasChoice = door.side === 'client' && (await placesOf(account.id)).length > 1
    if (hasChoice) return `${door.root}/place`
    forgetWanted(request, response, door)
    return wantedOf(request, door)
  }

  router.get('/login', async (request, response) => {
    // Asked as the guard asks: whoever it sent here must not be sent back.
    if (await loadPrincipal(door.side, request.session)) return response.redirect(door.root)
    const done = request.query['done']
    const good: Said | null =
      done === 'password' || done === 'invitation' ? { key: `door.done.${done}` } : null
    sendSignInPage(visitOf(request, response), { email: '', fault: null, good })
  })

  router.post('/login', form, async (request, response) => {
    const visit = visitOf(request, response)
    const email = field(request, 'email').trim().slice(0, 320)
    if (isLanguageSwitch(request)) return sendSignInPage(visit, { email, fault: null })
    const ip = request.ip ?? ''
    const attempt = await takeAttempt('sign-in', email, ip)
    if (attempt.waitSeconds > 0) {
      response.set('Retry-After', String(attempt.waitSeconds))
      return sendSignInPage(visit, { email, fault: paused(attempt.waitSeconds), status: 429 })
    }
    const account = await identify(door, email, field(request, 'password'))
    if (!account) {
      log.info({ ip }, 'sign-in refused')
      if (attempt.left === 0) await pause('sign-in', email)
      const fault = failed('sign-in', 'door.signIn.wrong', attempt.left)
      return sendSignInPage(visit, { email, fault, status: 401 })
    }
    await forgiveAttempts('sign-in', email, ip)
    const { hasCodes, isFactorRequired, passkeys } = account
    if (!hasCodes && !(isFactorRequired && passkeys > 0))
      return response.redirect(303, await enter(request, response, account, 'password'))

    await regenerateSession(request)
    const { id: userId, sessionVersion } = account
    request.session.pending = { userId, sessionVersion, at: Date.now() }
    await saveSession(request)
    response.redirect(303, `${door.root}/login/code`)
  })

  /** Whose password was right a moment ago; what they could do then they must still be able to. */
  const pendingOf = async ({ session: { pending } }: Request): Promise<SignInFacts | null> => {
    if (!pending || Date.now() - pending.at > PENDING_MS) return null
    const account = await signInFactsOf(door.side, pending.userId)
    return account?.isOpen && account.sessionVersion === pending.sessionVersion ? account : null
  }

  router.get('/login/code', async (request, response) => {
    const account = await pendingOf(request)
    if (!account) return response.redirect(`${door.root}/login`)
    sendCodePage(visitOf(request, response), { hasCodes: account.hasCodes, fault: null })
  })

  router.post('/login/code', form, async (request, response) => {
    const account = await pendingOf(request)
    if (!account) return response.redirect(303, `${door.root}/login`)
    const visit = visitOf(request, response)
    const { hasCodes } = account
    const subject = String(account.id)
    const attempt = await takeAttempt('code', subject, request.ip ?? '')
    if (attempt.waitSeconds > 0) {
      response.set('Retry-After', String(attempt.waitSeconds))
      return sendCodePage(visit, { hasCodes, fault: paused(attempt.waitSeconds), status: 429 })
    }
    const user = await User.findByPk(account.id, { rejectOnEmpty: true })
    const context = { actor: ownerOf(user), now: new Date() }
    const way = await proveCode(context, { userId: account.id, code: field(request, 'code').slice(0, 40) })
    if (!way) {
      log.info({ userId: account.id, ip: request.ip }, 'a code was refused')
      if (attempt.left === 0) await pause('code', subject)
      const fault = failed('code', 'door.code.wrong', attempt.left)
      return sendCodePage(visit, { hasCodes, fault, status: 401 })
    }
    await forgiveAttempts('code', subject, request.ip ?? '')
    response.redirect(303, await enter(request, response, account, way))
  })

  router.post('/passkey/options', async (request, response) => {
    if (!knowsPasskeys(request)) return void response.status(404).json({ error: 'key-elsewhere' })
    response.set('Cache-Control', 'no-store').json(await askForPasskey(request, response))
  })

  router.post('/passkey/sign-in', signature, async (request, response) => {
    const attempt = await takeAttempt('sign-in', null, request.ip ?? '')
    if (attempt.waitSeconds > 0) return void response.status(429).json({ error: 'too-many' })
    try {
      const { passkey, counter } = await checkPasskey(request, response, request.body)
      const account = await signInFactsOf(door.side, passkey.userId)
      if (!account?.isOpen) return void response.status(401).json({ error: 'key-unknown' })
      const user = await User.findByPk(account.id, { rejectOnEmpty: true })
      const context = { actor: ownerOf(user), now: new Date() }
      if (!(await usePasskey(context, { passkeyId: passkey.id, counter }))) {
        log.warn({ passkeyId: passkey.id, ip: request.ip }, 'a passkey came with an older counter')
        return void response.status(401).json({ error: 'key-refused' })
      }
      await forgiveAttempts('sign-in', null, request.ip ?? '')
      response.json({ redirectUrl: await enter(request, response, account, 'passkey') })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      response.status(401).json({ error: fault.code })
    }
  })

  router.get('/forgot', (request, response) =>
    sendForgotPage(visitOf(request, response), { email: '', fault: null }),
  )

  router.post('/forgot', form, async (request, response) => {
    const visit = visitOf(request, response)
    const email = field(request, 'email').trim().slice(0, 320)
    if (isLanguageSwitch(request)) return sendForgotPage(visit, { email, fault: null })
    const attempt = await takeAttempt('recovery', email, request.ip ?? '')
    if (attempt.waitSeconds > 0) {
      response.set('Retry-After', String(attempt.waitSeconds))
      const count = Math.ceil(attempt.waitSeconds / 60)
      const fault = { key: 'door.forgot.paused', params: { count } }
      return sendForgotPage(visit, { email, fault, status: 429 })
    }
    await requestRecovery(systemContext('sign-in'), { email, side: door.side })
    sendForgotAnswer(visit, email)
  })

  router.use(newPasswordRoutes(visitOf))
  if (door.side === 'client')
    router.use(invitationRoutes(visitOf), joinRoutes(visitOf), registerRoutes(visitOf))

  router.post('/logout', async (request, response) => {
    await destroySession(request)
    response.clearCookie(door.cookie, { path: door.root })
    response.redirect(303, `${door.root}/login`)
  })
  return router
}
