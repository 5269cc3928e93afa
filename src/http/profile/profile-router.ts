/** What a person may know and change of their own account: `/desk/profile`, behind the guard of either door. */
import { Router, json, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Profile } from '../../../admin/profile-types.ts'
import { deviceName } from '../../domain/device-name.ts'
import { DomainError } from '../../domain/errors.ts'
import { languages } from '../../domain/language.ts'
import { passwordRules } from '../../domain/password-rules.ts'
import { timezones } from '../../domain/timezones.ts'
import { qrSvg } from '../../documents/qr.ts'
import { User } from '../../models/user.ts'
import { changePassword } from '../../operations/users/change-password.ts'
import { editProfile } from '../../operations/users/edit-profile.ts'
import { addPasskey, removePasskey, renamePasskey } from '../../operations/users/passkeys.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from '../../operations/users/second-factor.ts'
import { isPasswordRight } from '../../operations/users/is-password-right.ts'
import { endAllSessions, endSession } from '../../operations/users/sessions.ts'
import { ownOrganisation, ownProfile } from '../../queries/users/profile.ts'
import { ownSessions } from '../../queries/users/own-sessions.ts'
import { enterRequest, principalOf } from '../current-request.ts'
import { contextOf, noStore, read } from '../desk/answers.ts'
import type { Door } from '../doors.ts'
import { openSession, saveSession } from '../sign-in/open-session.ts'
import { askForNewPasskey, checkNewPasskey, knowsPasskeys } from '../sign-in/webauthn.ts'
import { identityRoutes } from './identity-routes.ts'
import { phoneRoutes } from './phone-routes.ts'
import { signatureRoutes } from './signature-routes.ts'
import { act, guess, proved } from './steps.ts'

const text = z.string().max(300)
const id = z.coerce.number().int().positive()
const personForm = z.object({
  surname: text,
  name: text,
  patronymic: text.nullable(),
  language: z.enum(languages),
  timezone: text,
})
const passwordForm = z.object({ current: text, next: text })

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

async function profileOf(request: Request, response: Response, { side }: Door): Promise<Profile> {
  const { actor, signedIn } = principalOf(response)
  const { person, passkeys } = await ownProfile(actor)
  const { passwordChangedAt, factorSince, codesLeft, isFactorRequired, ...shown } = person
  const organisation = await ownOrganisation(actor)
  const sessions = await ownSessions(signedIn.id, request.sessionID)
  return {
    person: { ...shown, role: signedIn.role },
    organisation: organisation && {
      name: organisation.name,
      facts: Object.entries(organisation).flatMap(([key, value]) =>
        value && key !== 'name' && key !== 'country' ? [{ key, value }] : [],
      ),
    },
    password: { changedAt: iso(passwordChangedAt), rules: [...passwordRules(side)] },
    factor: { since: iso(factorSince), codesLeft, isRequired: isFactorRequired },
    passkeys: passkeys.map((one) => ({
      ...one,
      createdAt: one.createdAt.toISOString(),
      usedAt: iso(one.usedAt),
    })),
    knowsPasskeys: knowsPasskeys(request),
    sessions: sessions.map(({ device, signedInAt, seenAt, ...one }) => ({
      ...one,
      device: deviceName(device),
      signedInAt: iso(signedInAt),
      seenAt: iso(seenAt),
    })),
    timezones,
  }
}

export function profileRouter(door: Door): Router {
  const router = Router()
  router.use(noStore, json({ limit: '32kb' }), enterRequest)
  router.use('/phone', phoneRoutes())
  // The staff are known by whoever hired them.
  if (door.side === 'client') {
    router.use('/identity', identityRoutes())
    router.use('/signature', signatureRoutes())
  }

  router.get('/', async (request, response) => {
    response.json(await profileOf(request, response, door))
  })

  router.post(
    '/person',
    act(async (request, response) => {
      await editProfile(contextOf(response), read(personForm, request.body))
    }),
  )

  router.post(
    '/prove',
    act(async (request, response) => {
      const { password } = read(z.object({ password: text }), request.body)
      const { id: userId, email } = principalOf(response).signedIn
      await guess(request, 'sign-in', email, 'wrong-password', async () => {
        const { passwordHash } = await User.findByPk(userId, { rejectOnEmpty: true })
        if (!(await isPasswordRight(passwordHash, password))) throw new DomainError('wrong-password')
      })
      request.session.provedAt = Date.now()
      await saveSession(request)
    }),
  )

  router.post(
    '/password',
    act(async (request, response) => {
      const values = read(passwordForm, request.body)
      const { email } = principalOf(response).signedIn
      const user = await guess(request, 'sign-in', email, 'wrong-password', () =>
        changePassword(contextOf(response), values),
      )
      await openSession(request, user)
    }),
  )

  router.post(
    '/factor/begin',
    act(
      proved(async (_request, response) => {
        const { secret, address } = await beginSecondFactor(contextOf(response), {})
        return { secret, qr: `data:image/svg+xml,${encodeURIComponent(qrSvg(address))}` }
      }),
    ),
  )
  router.post(
    '/factor/confirm',
    act(
      proved(async (request, response) => {
        const { code } = read(z.object({ code: text }), request.body)
        const { id: userId } = principalOf(response).signedIn
        const { codes, sessionVersion } = await guess(request, 'code', String(userId), 'wrong-code', () =>
          confirmSecondFactor(contextOf(response), { code }),
        )
        await openSession(request, { id: userId, sessionVersion })
        return { codes }
      }),
    ),
  )
  router.post(
    '/factor/off',
    act(
      proved(async (request, response) => {
        const { sessionVersion } = await turnOffSecondFactor(contextOf(response), {})
        await openSession(request, { id: principalOf(response).signedIn.id, sessionVersion })
      }),
    ),
  )
  router.post(
    '/codes',
    act(proved(async (_request, response) => renewRecoveryCodes(contextOf(response), {}))),
  )

  router.post(
    '/passkeys/options',
    act(
      proved(async (request, response) => {
        if (!knowsPasskeys(request)) throw new DomainError('key-elsewhere')
        const user = await User.findByPk(principalOf(response).signedIn.id, { rejectOnEmpty: true })
        return askForNewPasskey(request, response, user)
      }),
    ),
  )
  router.post(
    '/passkeys',
    act(
      proved(async (request, response) => {
        const { name, answer } = read(z.object({ name: text, answer: z.looseObject({}) }), request.body)
        const made = await checkNewPasskey(request, response, answer)
        await addPasskey(contextOf(response), { name, made })
      }),
    ),
  )
  router.post(
    '/passkeys/:id/name',
    act(async (request, response) => {
      const { name } = read(z.object({ name: text }), request.body)
      await renamePasskey(contextOf(response), { passkeyId: read(id, request.params['id']), name })
    }),
  )
  router.post(
    '/passkeys/:id/remove',
    act(
      proved(async (request, response) => {
        await removePasskey(contextOf(response), { passkeyId: read(id, request.params['id']) })
      }),
    ),
  )

  router.post(
    '/sessions/others/end',
    act(async (request, response) => {
      const { sessionVersion } = await endAllSessions(contextOf(response), {})
      await openSession(request, { id: principalOf(response).signedIn.id, sessionVersion })
    }),
  )
  router.post(
    '/sessions/:id/end',
    act(async (request, response) => {
      await endSession(contextOf(response), { sessionId: read(id, request.params['id']) })
    }),
  )
  return router
}
