/** A person replaces their own password; every other session of theirs ends. */
import { DomainError } from '../../domain/errors.ts'
import { isPasswordRight } from './is-password-right.ts'
import { operation } from '../operation.ts'
import { putPassword } from './new-password.ts'
import { ownAccount } from './own-account.ts'
import { tellOwner } from './tell-owner.ts'

/** @throws DomainError `wrong-password`, or the code of what is wrong with the new one. */
export const changePassword = operation(
  'user.changePassword',
  async ({ actor, now }, { current, next }: { current: string; next: string }) => {
    const user = await ownAccount(actor)
    if (!(await isPasswordRight(user.passwordHash, current))) throw new DomainError('wrong-password')
    if (current === next) throw new DomainError('password-unchanged')
    await putPassword(user, next, now)
    await tellOwner(user, 'password', now)
    return user.save()
  },
)
