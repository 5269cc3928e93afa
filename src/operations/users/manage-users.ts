/** The accounts of the staff: made, changed, blocked, given a new first password. */
import { DomainError } from '../../domain/errors.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { User } from '../../models/user.ts'
import { hashPassword, temporaryPassword } from '../../passwords.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'

type UserValues = Pick<User, 'email' | 'surname' | 'name' | 'role'> &
  Partial<Pick<User, 'patronymic' | 'officeId' | 'language' | 'timezone'>>

/** The password is returned once, to be handed over in person; it must be changed at the first sign-in. */
export const createUser = operation('user.create', async ({ actor }, { values }: { values: UserValues }) => {
  authorise(actor, 'new', User)
  const password = temporaryPassword()
  const user = User.build({ ...values, passwordHash: await hashPassword(password), mustChangePassword: true })
  await check(user)
  await user.save()
  return { user, password }
})

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
  return user.update({ state: 'active' })
})

/** Ends all sessions; the new first password is returned once. */
export const resetPassword = operation(
  'user.reset-password',
  async ({ actor }, { userId }: { userId: number }) => {
    const user = await lock(userId)
    authorise(actor, 'resetPassword', user)
    const password = temporaryPassword()
    await user.update({
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
      sessionVersion: user.sessionVersion + 1,
    })
    return { user, password }
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
