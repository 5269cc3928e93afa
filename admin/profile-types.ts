/** What the profile page and the server tell each other. */

export type ProfilePerson = {
  surname: string
  name: string
  patronymic: string | null
  email: string
  phone: string | null
  role: string
  language: 'ru' | 'en'
  timezone: string
  /** The name was checked against papers: only the staff may change it. */
  isNameLocked: boolean
}

/** Facts of the organisation a client acts for, in the order they are shown; empty ones are left out. */
export type ProfileOrganisation = { name: string; facts: { key: string; value: string }[] }

export type ProfilePasskey = {
  id: number
  name: string
  isSynced: boolean
  createdAt: string
  usedAt: string | null
}

export type ProfileSession = {
  id: number
  way: 'password' | 'code' | 'recovery_code' | 'passkey' | null
  address: string | null
  device: string | null
  signedInAt: string | null
  seenAt: string | null
  isThis: boolean
}

export type Profile = {
  person: ProfilePerson
  organisation: ProfileOrganisation | null
  password: { changedAt: string | null; rules: { key: string; pattern: string }[] }
  factor: { since: string | null; codesLeft: number; isRequired: boolean }
  passkeys: ProfilePasskey[]
  /** Passkeys belong to one address of the site; at another there is nothing to add. */
  knowsPasskeys: boolean
  sessions: ProfileSession[]
  timezones: readonly string[]
}

/** Why a change was refused: a code under `errors`, and the field it is about if there is one. */
export type ProfileRefusal = {
  code: string
  params?: Record<string, string | number>
  fields?: Record<string, { code: string; params?: Record<string, string | number> }>
}
