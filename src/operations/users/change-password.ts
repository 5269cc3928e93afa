/** A person replaces their own password; every other session of theirs ends. */
import { DomainError } from '../../domain/errors.ts'
import { User } from '../../models/user.ts'
import { hashPassword, passwordFault, verifyPassword } from '../../passwords.ts'
import { operation } from '../operation.ts'

/** @throws DomainError `wrong-password`, or the code of what is wrong with the new one. */
export const changePassword = operation(
  'user.changePassword',
  async ({ actor }, { current, next }: { current: string; next: string }) => {
    const user = await User.findByPk(actor.id ?? 0, { lock: true })
    if (!user) throw new DomainError('forbidden')
    if (!user.passwordHash || !(await verifyPassword(user.passwordHash, current)))
      throw new DomainError('wrong-password')
    if (current === next) throw new DomainError('password-unchanged')
    const fault = passwordFault(next, user.email)
    if (fault) throw new DomainError(fault)
    return user.update({
      passwordHash: await hashPassword(next),
      mustChangePassword: false,
      sessionVersion: user.sessionVersion + 1,
    })
  },
)
