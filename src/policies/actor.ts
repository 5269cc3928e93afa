/** Who acts: a member of staff, a person of a client, the system itself, or the holder of a personal link. */

export const staffRoles = ['administrator', 'operator', 'accountant', 'support'] as const
/** What a person is at the client they act for: decides, works there, or applies on their own. */
export const clientRoles = ['head', 'employee', 'applicant'] as const

export type StaffRole = (typeof staffRoles)[number]
export type ClientRole = (typeof clientRoles)[number]
export type Role = StaffRole | ClientRole | 'system' | 'link'

/** The two sides of the product: the office at `/admin`, its clients at `/cabinet`. */
export type Side = 'staff' | 'client'

export type Actor = Readonly<{
  kind: 'user' | 'system' | 'link'
  id: number | null
  /** As it is written into the audit trail. */
  name: string
  role: Role
  /** The selling organisation this actor works for or is served by; null sees all offices (administrator, support, system). */
  officeId: number | null
  /** The client organisation this person acts for; null for everybody else, and for an applicant who has none. */
  organisationId: number | null
  language: 'ru' | 'en'
  /** IANA name; decides what «today» is for this actor. */
  timezone: string
}>

export const sideOf = ({ role }: Pick<Actor, 'role'>): Side =>
  (clientRoles as readonly string[]).includes(role) ? 'client' : 'staff'

/** The product acting by itself, never as nobody: `name` is the job, message or program that acts, in small Latin words. */
export const systemActor = (name: string): Actor => ({
  kind: 'system',
  id: null,
  name,
  role: 'system',
  officeId: null,
  organisationId: null,
  language: 'ru',
  timezone: 'Europe/Moscow',
})

/** Somebody without an account who holds a personal link of this office. */
export const linkActor = (name: string, officeId: number): Actor => ({
  kind: 'link',
  id: null,
  name,
  role: 'link',
  officeId,
  organisationId: null,
  language: 'ru',
  timezone: 'Europe/Moscow',
})
