/** Whether the reader of a letter reads papers in the cabinet: their address is an account that acts for the client. */
import { row } from '../rows.ts'

export async function hasCabinet({
  recipient,
  organisationId,
}: Readonly<{ recipient: string | null; organisationId: number | null }>): Promise<boolean> {
  if (recipient === null || organisationId === null) return false
  const found = await row<{ has: boolean }>(
    `select exists (
       select from users u join memberships m on m.user_id = u.id
       where lower(u.email) = lower($recipient) and u.role = 'client' and u.state = 'active' and u.deleted_at is null
         and m.organisation_id = $organisationId and m.state = 'active') as has`,
    { recipient, organisationId },
  )
  return found?.has ?? false
}
