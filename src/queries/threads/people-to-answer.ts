/** Who of a client is told that the office has answered. */
import { rows } from '../rows.ts'

type Asked = Readonly<{
  id: number
  officeId: number
  organisationId: number | null
  personId: number | null
}>

/**
 * Who began the thread and whoever of theirs has written in it; everybody of the organisation when the office began it.
 * When the person is not there any more, the heads.
 */
export async function peopleToAnswer({ id, officeId, organisationId, personId }: Asked): Promise<number[]> {
  const members = await rows<{ userId: number; role: string; isMeant: boolean }>(
    `select m.user_id as "userId", m.role,
       case when $personId::bigint is null then m.role in ('head', 'employee')
         else m.user_id = $personId or exists (select from messages w where w.thread_id = $id and w.author_id = m.user_id) end
         as "isMeant"
     from memberships m
     where m.state = 'active' and m.office_id = $officeId and m.organisation_id is not distinct from $organisationId::bigint
     order by m.user_id`,
    { id, officeId, organisationId, personId },
  )
  const meant = members.filter(({ isMeant }) => isMeant)
  // Of those without an organisation nobody answers for another.
  const told =
    meant.length > 0 || organisationId === null ? meant : members.filter(({ role }) => role === 'head')
  return [...new Set(told.map(({ userId }) => userId))]
}
