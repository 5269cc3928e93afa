/** Moves the level of a person's account by its machine, whenever their papers were found right, confirmed or told anew. */
import { accountLevels, type AccountLevel } from '../../domain/states/account-level.ts'
import { User } from '../../models/user.ts'

type Event = Parameters<typeof accountLevels.can>[1]

/** A level that has no such step stays: papers told anew twice lapse once. */
export async function setLevel(userId: number, event: Event): Promise<AccountLevel> {
  const user = await User.findByPk(userId, { lock: true, rejectOnEmpty: true })
  if (accountLevels.can(user.level, event))
    await user.update({ level: accountLevels.next(user.level, event) })
  return user.level
}
