/** How a person is reached, and what of it was proved: the address of their account and their phone. */
import type { OwnContact } from '../../../admin/identity-types.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'
import { row } from '../rows.ts'
import { pendingCode } from './phone-code.ts'

type Person = Pick<OwnContact, 'email' | 'phone' | 'usualCountry'> & {
  emailConfirmedAt: Date | null
  phoneConfirmedAt: Date | null
}

/** @throws DomainError `forbidden` for whoever has no account */
export async function ownContact(
  actor: Actor,
  { hasSms, now }: { hasSms: boolean; now: Date },
): Promise<OwnContact> {
  const person = await row<Person>(
    `select u.email, u.email_confirmed_at as "emailConfirmedAt", u.phone, u.phone_confirmed_at as "phoneConfirmedAt",
       coalesce((select country from organisations where id = $organisationId),
                (select country from organisations where id = $officeId), 'RU') as "usualCountry"
     from users u where u.id = $id`,
    { id: actor.id, organisationId: actor.organisationId, officeId: actor.officeId },
  )
  if (!person) throw new DomainError('forbidden')
  const pending = await pendingCode(actor.id ?? 0)
  return {
    ...person,
    emailConfirmedAt: person.emailConfirmedAt?.toISOString() ?? null,
    phoneConfirmedAt: person.phoneConfirmedAt?.toISOString() ?? null,
    hasSms,
    pendingPhone: pending && pending.expiresAt > now ? pending.phone : null,
  }
}
