/** From a session to the person behind it, as they are now: rights change with the next click, not the next sign-in. */
import type { SessionData } from 'express-session'
import { QueryTypes } from 'sequelize'
import type { SignedIn } from '../../admin/desk-types.ts'
import { sequelize } from '../db/sequelize.ts'
import type { ClientRole, Side, StaffRole } from '../policies/actor.ts'
import type { Principal } from './current-request.ts'

type Person = Pick<SignedIn, 'id' | 'email' | 'language' | 'timezone' | 'preferences' | 'office'> & {
  surname: string
  name: string
  officeId: number | null
  mustChangePassword: boolean
  mustEnrol: boolean
}

const ofPerson = `u.id, u.email, u.surname, u.name, u.language, u.timezone, u.preferences,
  u.must_change_password as "mustChangePassword", coalesce(o.short_name, o.name) as office,
  exists (select from sign_in_rules r where r.role = u.role and r.is_second_factor_required)
    and not exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)
    and not exists (select from passkeys k where k.user_id = u.id) as "mustEnrol"`

const isOpen = `u.id = $1 and u.session_version = $2 and u.state = 'active' and u.deleted_at is null`

type Who = {
  role: StaffRole | ClientRole
  organisation: SignedIn['organisation']
  places: number
  side: Side
}

function principal(row: Person, { role, organisation, places, side }: Who): Principal {
  const { id, email, language, timezone, preferences, office, officeId, mustChangePassword, mustEnrol } = row
  const name = `${row.name} ${row.surname}`
  return {
    signedIn: { id, name, email, role, side, office, organisation, places, language, timezone, preferences },
    actor: {
      kind: 'user',
      id,
      name,
      role,
      officeId,
      organisationId: organisation?.id ?? null,
      language,
      timezone,
    },
    mustChangePassword,
    mustEnrol,
  }
}

async function staffPrincipal(userId: number, sessionVersion: number): Promise<Principal | null> {
  const [row] = await sequelize.query<Person & { role: StaffRole }>(
    `select ${ofPerson}, u.role, u.office_id as "officeId"
       from users u left join organisations o on o.id = u.office_id
      where ${isOpen} and u.role <> 'client'`,
    { bind: [userId, sessionVersion], type: QueryTypes.SELECT },
  )
  return row ? principal(row, { role: row.role, organisation: null, places: 0, side: 'staff' }) : null
}

type ClientRow = Person & {
  role: ClientRole | null
  organisationId: number | null
  organisation: string | null
  places: number
}

/**
 * A client acts by one membership that is in force. Without any, the account is open and holds nothing: the person
 * waits for somebody's decision.
 */
async function clientPrincipal(
  userId: number,
  sessionVersion: number,
  membershipId: number | null,
): Promise<Principal | null> {
  const [row] = await sequelize.query<ClientRow>(
    `select ${ofPerson}, m.role, m.office_id as "officeId", m.organisation_id as "organisationId",
            coalesce(c.short_name, c.name) as organisation, count(m.id) over ()::int as places
       from users u
       left join memberships m on m.user_id = u.id and m.state = 'active'
            and not exists (select from organisations gone
                             where gone.id = m.organisation_id and (gone.deleted_at is not null or gone.state = 'blocked'))
       left join organisations o on o.id = m.office_id
       left join organisations c on c.id = m.organisation_id
      where ${isOpen} and u.role = 'client'
      order by (m.id = $3) desc nulls last, m.id
      limit 1`,
    { bind: [userId, sessionVersion, membershipId], type: QueryTypes.SELECT },
  )
  if (!row) return null
  const { organisationId: id, organisation: name, places } = row
  const organisation = id === null ? null : { id, name: name ?? '' }
  return principal(row, { role: row.role ?? 'applicant', organisation, places, side: 'client' })
}

/** Null when the account is not of this side, is blocked or deleted, or when its sessions were ended since. */
export async function loadPrincipal(side: Side, session: Partial<SessionData>): Promise<Principal | null> {
  const { userId, sessionVersion = -1, membershipId = null } = session
  if (userId === undefined) return null
  return side === 'staff'
    ? staffPrincipal(userId, sessionVersion)
    : clientPrincipal(userId, sessionVersion, membershipId)
}
