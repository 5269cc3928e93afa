/** The accounts of the staff: made, changed, blocked, sent a link to a new password. */
import { DomainError } from '../../domain/errors.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { User } from '../../models/user.ts'
import { hashPassword, temporaryPassword } from '../../passwords.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'
import { issuePasswordLink } from './password-links.ts'

type UserValues = Pick<User, 'email' | 'surname' | 'name' | 'role'> &
  Partial<Pick<User, 'patronymic' | 'officeId' | 'language' | 'timezone'>>

/** The colleague chooses the first password by the link of a letter; until then nobody can sign in. */
export const createUser = operation(
  'user.create',
  async (context, { values }: { values: UserValues }): Promise<User> => {
    authorise(context.actor, 'new', User)
    const user = User.build({ ...values, passwordHash: null, state: 'invited' })
    await check(user)
    await user.save()
    await issuePasswordLink(context, { userId: user.id, purpose: 'first' })
    return user
  },
)

/** The first administrator of an installation, made at its console: there may be no mail yet. The password is told once. */
export const createFirstUser = operation(
  'user.create',
  async ({ actor }, { values }: { values: UserValues }) => {
    authorise(actor, 'new', User)
    const password = temporaryPassword()
    const user = User.build({
      ...values,
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
    })
    await check(user)
    await user.save()
    return { user, password }
  },
)

/** A change of role or office ends every session of the account: rights are never left over. */
export const editUser = operation(
  'user.edit',
  async ({ actor }, input: { id: number; version?: number; values: Partial<UserValues> }) => {
    const user = await lock(input.id)
    authorise(actor, 'edit', user)
    if (input.version !== undefined && input.version !== user.version) throw new DomainError('stale-record')
    user.set(input.values)
    await check(user)
    if (user.changed('role') || user.changed('officeId')) user.sessionVersion += 1
    return user.save()
  },
)

export const blockUser = operation('user.block', async ({ actor }, { userId }: { userId: number }) => {
  const user = await lock(userId)
  authorise(actor, 'block', user)
  return user.update({ state: 'blocked', sessionVersion: user.sessionVersion + 1 })
})

export const unblockUser = operation('user.unblock', async ({ actor }, { userId }: { userId: number }) => {
  const user = await lock(userId)
  authorise(actor, 'unblock', user)
  return user.update({ state: user.passwordHash === null ? 'invited' : 'active' })
})

/** Ends all sessions at once; the colleague gets a link to choose another password, the old one is worth nothing. */
export const resetPassword = operation(
  'user.reset-password',
  async (context, { userId }: { userId: number }): Promise<User> => {
    const user = await lock(userId)
    authorise(context.actor, 'resetPassword', user)
    await user.update({ passwordHash: null, state: 'invited', sessionVersion: user.sessionVersion + 1 })
    await issuePasswordLink(context, { userId: user.id, purpose: 'first' })
    return user
  },
)

async function lock(id: number): Promise<User> {
  const user = await User.findByPk(id, { lock: true })
  if (!user) throw new DomainError('not-found')
  return user
}

async function check(user: User): Promise<void> {
  const email = checkEmail(user.email)
  if (email.fault) throw new DomainError('invalid', {}, { email: { code: email.fault.code } })
  user.email = email.value ?? user.email
  const twin = await User.findOne({ where: { email: user.email } })
  if (twin && twin.id !== user.id) throw new DomainError('invalid', {}, { email: { code: 'email-taken' } })
  const needsOffice = user.role === 'operator' || user.role === 'accountant'
  if (needsOffice && !user.officeId) throw new DomainError('invalid', {}, { officeId: { code: 'required' } })
}
