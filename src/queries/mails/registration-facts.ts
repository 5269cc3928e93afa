/** What the letters to a newcomer say: who they are, whose door they knocked at, and what was decided. */
import type { RegistrationState } from '../../domain/states/registration.ts'
import { row } from '../rows.ts'

export type RegistrationFacts = Readonly<{
  name: string
  email: string
  way: 'link' | 'self'
  state: RegistrationState
  reason: string | null
  office: string
  /** The organisation the person acts for from now on. */
  place: string | null
  timezone: string
}>

export const registrationFacts = (registrationId: number): Promise<RegistrationFacts | null> =>
  row<RegistrationFacts>(
    `select r.name || coalesce(' ' || r.patronymic, '') as name, r.email, r.way, r.state, r.reason,
            coalesce(o.short_name, o.name) as office, coalesce(p.short_name, p.name) as place, o.timezone
       from registrations r
       join organisations o on o.id = r.office_id
       left join organisations p on p.id = r.organisation_id
      where r.id = $registrationId`,
    { registrationId },
  )
