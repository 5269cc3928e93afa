/** What the door must know of an account before it opens: its state, its hash, and what else is asked of its owner. */
import type { Language } from '../../domain/language.ts'
import { row } from '../rows.ts'

export type SignInFacts = Readonly<{
  id: number
  email: string
  passwordHash: string | null
  sessionVersion: number
  language: Language
  isOpen: boolean
  /** Codes of a phone are in force. */
  hasCodes: boolean
  passkeys: number
  /** The role may not come in by a password alone. */
  isFactorRequired: boolean
}>

const columns = `u.id, u.email, u.password_hash as "passwordHash", u.session_version as "sessionVersion", u.language,
  u.state = 'active' and u.deleted_at is null as "isOpen",
  exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "hasCodes",
  (select count(*)::int from passkeys p where p.user_id = u.id) as passkeys,
  exists (select from sign_in_rules r where r.role = u.role and r.is_second_factor_required) as "isFactorRequired"`

const ofSide = `(u.role = 'client') = ($side = 'client')`

export const signInFacts = (side: 'staff' | 'client', email: string): Promise<SignInFacts | null> =>
  row<SignInFacts>(`select ${columns} from users u where lower(u.email) = lower($email) and ${ofSide}`, {
    side,
    email,
  })

export const signInFactsOf = (side: 'staff' | 'client', userId: number): Promise<SignInFacts | null> =>
  row<SignInFacts>(`select ${columns} from users u where u.id = $userId and ${ofSide}`, { side, userId })
