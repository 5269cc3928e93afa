/** Passkeys of a person: added, named, used and removed. What a browser signed was checked before it comes here. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { Passkey } from '../../models/passkey.ts'
import { SecondFactor } from '../../models/second-factor.ts'
import { SignInRule } from '../../models/sign-in-rule.ts'
import type { User } from '../../models/user.ts'
import { authorise } from '../../policies/define-policy.ts'
import { recordEvents } from '../audit.ts'
import { operation } from '../operation.ts'
import { ownAccount } from './own-account.ts'
import { tellOwner } from './tell-owner.ts'

export const mostPasskeys = 20
const longestName = 60

type Made = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isSynced'>

const record = (user: User, name: { before: string | null; after: string | null }): Promise<void> =>
  recordEvents('users', [{ id: user.id, officeId: user.officeId, organisationId: null }], { passkey: name })

function nameOf(text: string): string {
  const name = text.trim().slice(0, longestName)
  if (!name) throw new DomainError('invalid', {}, { name: { code: 'required' } })
  return name
}

async function ownPasskey(user: User, passkeyId: number): Promise<Passkey> {
  const passkey = await Passkey.findOne({ where: { id: passkeyId, userId: user.id }, lock: true })
  if (!passkey) throw new DomainError('not-found')
  return passkey
}

export const addPasskey = operation(
  'user.add-passkey',
  async ({ actor, now }, { name, made }: { name: string; made: Made }): Promise<Passkey> => {
    const user = await ownAccount(actor)
    if ((await Passkey.count({ where: { userId: user.id } })) >= mostPasskeys)
      throw new DomainError('too-many-passkeys', { count: mostPasskeys })
    if (await Passkey.findOne({ where: { credentialId: made.credentialId } }))
      throw new DomainError('passkey-known')
    const passkey = await Passkey.create({ ...made, userId: user.id, name: nameOf(name), createdAt: now })
    await record(user, { before: null, after: passkey.name })
    await tellOwner(user, 'passkey-added', now)
    return passkey
  },
)

export const renamePasskey = operation(
  'user.rename-passkey',
  async ({ actor }, { passkeyId, name }: { passkeyId: number; name: string }) => {
    const user = await ownAccount(actor)
    const passkey = await ownPasskey(user, passkeyId)
    authorise(actor, 'rename', passkey)
    const before = passkey.name
    await passkey.update({ name: nameOf(name) })
    await record(user, { before, after: passkey.name })
  },
)

/** @throws DomainError `factor-required` when it is the last thing a role may not do without */
export const removePasskey = operation(
  'user.remove-passkey',
  async ({ actor, now }, { passkeyId }: { passkeyId: number }) => {
    const user = await ownAccount(actor)
    const passkey = await ownPasskey(user, passkeyId)
    authorise(actor, 'remove', passkey)
    if (await isLastOfRequired(user)) throw new DomainError('factor-required')
    await passkey.destroy()
    await record(user, { before: passkey.name, after: null })
    await tellOwner(user, 'passkey-removed', now)
  },
)

async function isLastOfRequired(user: User): Promise<boolean> {
  const rule = await SignInRule.findOne({ where: { role: user.role } })
  if (!rule?.isSecondFactorRequired) return false
  const factor = await SecondFactor.findByPk(user.id)
  return !factor?.confirmedAt && (await Passkey.count({ where: { userId: user.id } })) === 1
}

/**
 * Takes the counter of a signature. It only ever grows; a key that answers with an older one was copied, and is
 * refused. Keys that never count say 0.
 */
export const usePasskey = operation(
  'user.use-passkey',
  async ({ now }, { passkeyId, counter }: { passkeyId: number; counter: number }): Promise<boolean> => {
    const [taken] = await sequelize.query<{ id: number }>(
      `update passkeys set counter = $2, used_at = $3
        where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning id`,
      { bind: [passkeyId, counter, now], type: QueryTypes.SELECT },
    )
    return taken !== undefined
  },
)
