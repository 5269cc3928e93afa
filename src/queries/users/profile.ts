/** A person's own account, as their profile shows it. */
import type { Actor } from '../../policies/actor.ts'
import { row, rows } from '../rows.ts'

type Person = {
  surname: string
  name: string
  patronymic: string | null
  email: string
  phone: string | null
  language: 'ru' | 'en'
  timezone: string
  isNameLocked: boolean
  passwordChangedAt: Date | null
  factorSince: Date | null
  codesLeft: number
  isFactorRequired: boolean
}

type OwnPasskey = { id: number; name: string; isSynced: boolean; createdAt: Date; usedAt: Date | null }

export type OwnProfile = { person: Person; passkeys: OwnPasskey[] }

export async function ownProfile({ id }: Actor): Promise<OwnProfile> {
  const person = await row<Person>(
    `select u.surname, u.name, u.patronymic, u.email, u.phone, u.language, u.timezone,
            u.role = 'client' and (u.level <> 'simplified' or exists (select from identities i
              where i.user_id = u.id and i.state = 'waiting')) as "isNameLocked",
            u.password_changed_at as "passwordChangedAt", f.confirmed_at as "factorSince",
            (select count(*)::int from recovery_codes c where c.user_id = u.id and c.used_at is null) as "codesLeft",
            exists (select from sign_in_rules r where r.role = u.role and r.is_second_factor_required) as "isFactorRequired"
       from users u left join second_factors f on f.user_id = u.id
      where u.id = $id`,
    { id },
  )
  if (!person) throw new Error('a signed-in person has no account')
  const passkeys = await rows<OwnPasskey>(
    `select id, name, is_synced as "isSynced", created_at as "createdAt", used_at as "usedAt"
       from passkeys where user_id = $id order by id`,
    { id },
  )
  return { person, passkeys }
}

type Organisation = {
  name: string
  shortName: string | null
  country: 'RU' | 'KZ' | 'BY'
  taxId: string | null
  kpp: string | null
  registrationNumber: string | null
  legalAddress: string | null
  phone: string | null
  email: string | null
}

/** The organisation a client acts for; null for everybody who acts for none. */
export const ownOrganisation = ({ organisationId }: Actor): Promise<Organisation | null> =>
  organisationId === null
    ? Promise.resolve(null)
    : row<Organisation>(
        `select name, short_name as "shortName", country, tax_id as "taxId", kpp,
                registration_number as "registrationNumber", legal_address as "legalAddress", phone, email
           from organisations where id = $organisationId and deleted_at is null`,
        { organisationId },
      )
