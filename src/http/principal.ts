/** From a session to the person behind it, as they are now: rights change with the next click, not the next sign-in. */
import { QueryTypes } from 'sequelize'
import type { SignedIn } from '../../admin/desk-types.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Principal } from './current-request.ts'

type Row = Pick<SignedIn, 'id' | 'email' | 'role' | 'language' | 'timezone' | 'preferences' | 'office'> & {
  surname: string
  name: string
  officeId: number | null
  mustChangePassword: boolean
}

const short = ({ name, surname }: Row): string => `${name} ${surname}`

/** Null when the account is blocked or deleted, or when its sessions were ended since. */
export async function loadPrincipal(userId: number, sessionVersion: number): Promise<Principal | null> {
  const [row] = await sequelize.query<Row>(
    `select u.id, u.email, u.surname, u.name, u.role, u.language, u.timezone, u.preferences,
            u.office_id as "officeId", u.must_change_password as "mustChangePassword",
            coalesce(o.short_name, o.name) as office
       from users u left join organisations o on o.id = u.office_id
      where u.id = $1 and u.session_version = $2 and u.state = 'active' and u.deleted_at is null`,
    { bind: [userId, sessionVersion], type: QueryTypes.SELECT },
  )
  if (!row) return null
  const { id, email, role, language, timezone, preferences, office } = row
  const signedIn: SignedIn = { id, name: short(row), email, role, office, language, timezone, preferences }
  return {
    signedIn,
    actor: { kind: 'user', id, name: short(row), role, officeId: row.officeId, language, timezone },
    mustChangePassword: row.mustChangePassword,
  }
}
