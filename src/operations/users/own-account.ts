/** A person and their own account: the first step of everything people do to it themselves. */
import { DomainError } from '../../domain/errors.ts'
import type { Audience } from '../../domain/password-rules.ts'
import { User } from '../../models/user.ts'
import type { Actor } from '../../policies/actor.ts'

/** The account of the one who acts, locked. @throws DomainError `forbidden` for everybody without one */
export async function ownAccount(actor: Actor): Promise<User> {
  const user = actor.kind === 'user' ? await User.findByPk(actor.id ?? 0, { lock: true }) : null
  if (!user) throw new DomainError('forbidden')
  return user
}

/** Somebody who has proved to be the owner of an account without a session: by a link in a letter. */
export const ownerOf = (user: User): Actor => ({
  kind: 'user',
  id: user.id,
  name: `${user.name} ${user.surname}`,
  // What a client may do is said by each membership: for their own account none is needed.
  role: user.role === 'client' ? 'applicant' : user.role,
  officeId: user.officeId,
  organisationId: null,
  language: user.language,
  timezone: user.timezone,
})

export const audienceOf = ({ role }: Pick<User, 'role'>): Audience => (role === 'client' ? 'client' : 'staff')
