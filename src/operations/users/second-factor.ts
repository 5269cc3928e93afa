/** The second factor of an account: turned on, proved at the door, lost and given back. */
import { QueryTypes } from 'sequelize'
import { enrolmentAddress, newSecret, stepOf } from '../../crypto/one-time-code.ts'
import { newRecoveryCodes, recoveryHash } from '../../crypto/recovery-codes.ts'
import { seals } from '../../crypto/seal.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { Passkey } from '../../models/passkey.ts'
import { SecondFactor } from '../../models/second-factor.ts'
import { SignInRule } from '../../models/sign-in-rule.ts'
import { User } from '../../models/user.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason, recordEvents } from '../audit.ts'
import { operation } from '../operation.ts'
import { ownAccount } from './own-account.ts'
import { tellOwner } from './tell-owner.ts'

const placeOf = (userId: number) => ({ table: 'second_factors', column: 'secret', row: userId })

const secretOf = (factor: SecondFactor): string => seals().unseal(factor.secret, placeOf(factor.userId))

const isRequired = async ({ role }: User): Promise<boolean> =>
  (await SignInRule.findOne({ where: { role } }))?.isSecondFactorRequired ?? false

const endSessions = (user: User): Promise<User> => user.update({ sessionVersion: user.sessionVersion + 1 })

async function replaceCodes(userId: number): Promise<string[]> {
  const codes = newRecoveryCodes()
  await sequelize.query('delete from recovery_codes where user_id = $1', { bind: [userId] })
  await sequelize.query('insert into recovery_codes (user_id, code_hash) select $1, unnest($2::text[])', {
    bind: [userId, codes.map((code) => recoveryHash(userId, code))],
    type: QueryTypes.INSERT,
  })
  return codes
}

async function dropFactor(userId: number): Promise<void> {
  await sequelize.query('delete from recovery_codes where user_id = $1', { bind: [userId] })
  await SecondFactor.destroy({ where: { userId } })
}

/** Makes a secret for the phone; nothing is asked for until {@link confirmSecondFactor} has seen a code made of it. */
export const beginSecondFactor = operation(
  'user.begin-second-factor',
  async ({ actor, now }): Promise<{ secret: string; address: string }> => {
    const user = await ownAccount(actor)
    const known = await SecondFactor.findByPk(user.id, { lock: true })
    if (known?.confirmedAt) throw new DomainError('factor-already-on')
    // A page that is loaded again shows the same code: the phone may have read it already.
    const secret = known ? secretOf(known) : newSecret()
    if (!known) {
      const sealed = seals().seal(secret, placeOf(user.id))
      await SecondFactor.create({ userId: user.id, secret: sealed, createdAt: now })
    }
    return { secret, address: enrolmentAddress(secret, user.email) }
  },
)

/** Turns it on; the recovery codes are returned this once. Every session ends: the caller opens its own anew. */
export const confirmSecondFactor = operation(
  'user.turn-on-second-factor',
  async (
    { actor, now },
    { code }: { code: string },
  ): Promise<{ codes: string[]; sessionVersion: number }> => {
    const user = await ownAccount(actor)
    const factor = await SecondFactor.findByPk(user.id, { lock: true })
    if (!factor) throw new DomainError('factor-not-begun')
    if (factor.confirmedAt) throw new DomainError('factor-already-on')
    const step = stepOf(secretOf(factor), code, now)
    if (step === null) throw new DomainError('wrong-code')
    await factor.update({ confirmedAt: now, lastStep: step })
    const codes = await replaceCodes(user.id)
    await endSessions(user)
    await tellOwner(user, 'factor-on', now)
    return { codes, sessionVersion: user.sessionVersion }
  },
)

/** @throws DomainError `factor-required` where the role may not do without */
export const turnOffSecondFactor = operation('user.turn-off-second-factor', async ({ actor, now }) => {
  const user = await ownAccount(actor)
  const factor = await SecondFactor.findByPk(user.id, { lock: true })
  if (!factor?.confirmedAt) throw new DomainError('factor-not-on')
  if ((await isRequired(user)) && (await Passkey.count({ where: { userId: user.id } })) === 0)
    throw new DomainError('factor-required')
  await dropFactor(user.id)
  await endSessions(user)
  await tellOwner(user, 'factor-off', now)
  return { sessionVersion: user.sessionVersion }
})

/** New codes end the old ones. */
export const renewRecoveryCodes = operation('user.renew-recovery-codes', async ({ actor, now }) => {
  const user = await ownAccount(actor)
  const factor = await SecondFactor.findByPk(user.id)
  if (!factor?.confirmedAt) throw new DomainError('factor-not-on')
  await recordEvents('users', [{ id: user.id, officeId: user.officeId, organisationId: null }], {})
  await tellOwner(user, 'codes-renewed', now)
  return { codes: await replaceCodes(user.id) }
})

/**
 * Whether a code opens the door: of the phone, within a step of now and never one taken before, or one of the ten on
 * paper, which is then used up. Null when it is neither.
 */
export const proveCode = operation(
  'user.prove-code',
  async (
    { now },
    { userId, code }: { userId: number; code: string },
  ): Promise<'code' | 'recovery_code' | null> => {
    const factor = await SecondFactor.findByPk(userId, { lock: true })
    if (!factor?.confirmedAt) return null
    const step = stepOf(secretOf(factor), code, now)
    if (step !== null) {
      if (step <= factor.lastStep) return null
      await factor.update({ lastStep: step })
      return 'code'
    }
    const [used] = await sequelize.query<{ userId: number; officeId: number | null }>(
      `update recovery_codes c set used_at = $3 from users u
        where c.user_id = $1 and c.code_hash = $2 and c.used_at is null and u.id = c.user_id
        returning c.user_id as "userId", u.office_id as "officeId"`,
      { bind: [userId, recoveryHash(userId, code), now], type: QueryTypes.SELECT },
    )
    if (!used) return null
    await recordEvents('users', [{ id: used.userId, officeId: used.officeId, organisationId: null }], {})
    return 'recovery_code'
  },
)

/** For somebody who lost the phone and the paper: an administrator takes everything off, with a reason. */
export const resetSecondFactor = operation(
  'user.reset-second-factor',
  async ({ actor, now }, { userId, reason }: { userId: number; reason: string }) => {
    const user = await User.findByPk(userId, { lock: true })
    if (!user) throw new DomainError('not-found')
    authorise(actor, 'resetSecondFactor', user)
    if (!reason.trim()) throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason.trim())
    await dropFactor(user.id)
    // A lost phone may hold a passkey too.
    await Passkey.destroy({ where: { userId: user.id } })
    await endSessions(user)
    await tellOwner(user, 'factor-reset', now)
  },
)
