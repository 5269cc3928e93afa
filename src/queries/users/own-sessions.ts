/** Where a person is signed in: every session of theirs that lives, the newest sign first. */
import { rows } from '../rows.ts'

export type OwnSession = Readonly<{
  id: number
  way: 'password' | 'code' | 'recovery_code' | 'passkey' | null
  address: string | null
  device: string | null
  signedInAt: Date | null
  seenAt: Date | null
  isThis: boolean
}>

/** @param sid of the session that asks */
export const ownSessions = (userId: number, sid: string): Promise<OwnSession[]> =>
  rows<OwnSession>(
    `select s.id, s.way, s.address, s.device, s.signed_in_at as "signedInAt", s.seen_at as "seenAt",
            s.sid = $sid as "isThis"
       from sessions s join users u on u.id = s.user_id
      where s.user_id = $userId and s.expire > now()
        and (s.sess ->> 'sessionVersion')::int = u.session_version
      order by s.sid = $sid desc, s.seen_at desc nulls last, s.id desc
      limit 100`,
    { userId, sid },
  )
