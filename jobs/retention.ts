/** Scheduled: old rows nobody will ask for again are deleted a little at a time. */
import { pool } from '../src/db/pool.ts'
import { defineJob } from './define-job.ts'

/** Which rows of a table are old enough; both are SQL of ours, never input. */
type RetentionTask = Readonly<{ table: string; old: string }>

const tasks: readonly RetentionTask[] = [
  { table: 'outbox', old: `state = 'done' and done_at < now() - interval '30 days'` },
  {
    table: 'batches',
    old: `state <> 'open' and done_at < now() - interval '90 days'
      and not exists (select from outbox where outbox.batch_id = batches.id)`,
  },
  { table: 'notifications', old: `created_at < now() - interval '180 days'` },
  {
    table: 'message_drafts',
    old: `updated_at < now() - interval '180 days'
      and not exists (select from message_files f where f.draft_id = message_drafts.id)`,
  },
  { table: 'notification_digests', old: `day < current_date - 90` },
  { table: 'job_runs', old: `finished_at < now() - interval '90 days'` },
  { table: 'sessions', old: `expire < now()` },
  {
    table: 'sign_in_attempts',
    old: `first_failure_at < now() - interval '1 day' and (blocked_until is null or blocked_until < now())`,
  },
  // A challenge is good for half an hour.
  { table: 'spent_challenges', old: `spent_at < now() - interval '1 day'` },
  { table: 'register_checks', old: `valid_until < now()` },
  // A link that has just expired still answers «срок ссылки истёк» instead of «не найдено».
  { table: 'access_links', old: `expires_at < now() - interval '90 days'` },
]

const rowsAtOnce = 5000

/** Deletes what is old by the given tasks; how many rows of each table went. */
export async function deleteOld(
  list: readonly RetentionTask[],
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {}
  for (const { table, old } of list) {
    let count = 0
    for (;;) {
      signal.throwIfAborted()
      const { rowCount } = await pool().query(
        `delete from ${table} where ctid = any (array(select ctid from ${table} where ${old} limit ${rowsAtOnce}))`,
      )
      count += rowCount ?? 0
      if ((rowCount ?? 0) < rowsAtOnce) break
    }
    if (count > 0) deleted[table] = count
  }
  return deleted
}

export const retention = defineJob({
  name: 'retention',
  description: {
    ru: 'Удаление выполненных заданий, истёкших сеансов и ссылок',
    en: 'Removal of finished work, expired sessions and expired links',
  },
  every: { cron: '30 3 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 30 * 60_000,
  run: ({ signal }) => deleteOld(tasks, signal),
})
