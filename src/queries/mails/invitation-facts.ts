/** What a letter of invitation says: who invites whom, where to, and until when. */
import type { Invitation } from '../../models/invitation.ts'
import { row } from '../rows.ts'

export type InvitationFacts = Readonly<{
  name: string
  role: Invitation['role']
  /** The client somebody is to act for, or the office an applicant turns to. */
  place: string
  office: string
  /** Who pressed the button; null when an account is gone. */
  inviter: string | null
  timezone: string
}>

/** Null once the invitation is used, expired or taken back: then there is nothing to write. */
export const invitationFacts = (invitationId: number): Promise<InvitationFacts | null> =>
  row<InvitationFacts>(
    `select i.name || coalesce(' ' || i.patronymic, '') as name, i.role,
            coalesce(p.short_name, p.name) as place, coalesce(o.short_name, o.name) as office,
            u.name || ' ' || u.surname as inviter, p.timezone
       from invitations i
       join organisations p on p.id = coalesce(i.organisation_id, i.office_id)
       join organisations o on o.id = i.office_id
       left join users u on u.id = i.created_by
      where i.id = $invitationId and i.state = 'sent'`,
    { invitationId },
  )
