/** Who acts: a member of staff, the system itself, or the holder of a personal link. */

export type Role = 'administrator' | 'operator' | 'accountant' | 'support' | 'system' | 'link'

export type Actor = Readonly<{
  kind: 'user' | 'system' | 'link'
  id: number | null
  /** As it is written into the audit trail. */
  name: string
  role: Role
  /** The selling organisation this actor works for; null sees all offices (administrator, support, system). */
  officeId: number | null
  language: 'ru' | 'en'
  /** IANA name; decides what «today» is for this actor. */
  timezone: string
}>

/** The product acting by itself, never as nobody: `name` is the job or the message that acts. */
export const systemActor = (name: string): Actor => ({
  kind: 'system',
  id: null,
  name,
  role: 'system',
  officeId: null,
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
  language: 'ru',
  timezone: 'Europe/Moscow',
})
