/** How far a person has read a thread: it only ever grows. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import type { Thread } from '../../models/thread.ts'

/** Whether it was news. */
export async function markRead(
  { id: threadId }: Thread,
  userId: number,
  messageId: number,
  now: Date,
): Promise<boolean> {
  const moved = await sequelize.query(
    `insert into thread_reads as r (thread_id, user_id, read_to, read_at) values ($1, $2, $3, $4)
     on conflict (thread_id, user_id) do update set read_to = excluded.read_to, read_at = excluded.read_at
     where r.read_to < excluded.read_to returning thread_id`,
    { type: QueryTypes.SELECT, bind: [threadId, userId, messageId, now] },
  )
  return moved.length > 0
}
