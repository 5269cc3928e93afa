/** Is background work alive: which scheduled job is late, and how much waits in each topic for how long. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'

export type LateJob = Readonly<{ name: string; expectedAt: Date; lateSeconds: number }>

/**
 * Jobs that should have begun more than `graceSeconds` ago and did not, or that run past their time limit.
 * A paused job is never late. An empty answer means that the workers keep up.
 */
export const lateJobs = async (graceSeconds = 150): Promise<LateJob[]> => {
  const rows = await sequelize.query<LateJob>(
    `select name, expected_at as "expectedAt",
       extract(epoch from now() - expected_at)::integer as "lateSeconds"
     from (
       select s.name, case when r.id is null then s.next_run_at
         else r.started_at + make_interval(secs => s.timeout_ms / 1000.0) end as expected_at
       from scheduled_jobs s
       left join job_runs r on r.job = s.name and r.finished_at is null and r.lease_until > now()
       where not s.paused) as expected
     where expected_at < now() - make_interval(secs => $1)
     order by expected_at`,
    { type: QueryTypes.SELECT, bind: [graceSeconds] },
  )
  return rows
}

export type QueueCount = Readonly<{ topic: string; state: string; count: number; oldestSeconds: number }>

/** Unfinished messages by topic and state; the age is that of the oldest since it was due (since made, if ended). */
export const queueCounts = (): Promise<QueueCount[]> =>
  sequelize.query<QueueCount>(
    `select topic, state, count(*)::integer as count,
       greatest(0, extract(epoch from now() - min(case state when 'new' then next_at else created_at end)))::integer
         as "oldestSeconds"
     from outbox where state in ('new', 'work', 'dead', 'uncertain')
     group by topic, state order by topic, state`,
    { type: QueryTypes.SELECT },
  )

export type JobStatus = Readonly<{
  name: string
  cron: string
  timezone: string
  descriptionRu: string
  descriptionEn: string
  paused: boolean
  running: boolean
  lastStartedAt: Date | null
  lastFinishedAt: Date | null
  lastResult: 'ok' | 'failed' | null
  errorCode: string | null
  lastError: string | null
  lastDurationMs: number | null
  nextRunAt: Date | null
}>

/** Every scheduled job as its last run left it. */
export const jobStatuses = (): Promise<JobStatus[]> =>
  sequelize.query<JobStatus>(
    `select s.name, cron, timezone, description_ru as "descriptionRu", description_en as "descriptionEn", paused,
       exists (select from job_runs r where r.job = s.name and r.finished_at is null and r.lease_until > now())
         as running,
       last_started_at as "lastStartedAt", last_finished_at as "lastFinishedAt", last_result as "lastResult",
       error_code as "errorCode", last_error as "lastError", last_duration_ms as "lastDurationMs",
       next_run_at as "nextRunAt"
     from scheduled_jobs s order by name`,
    { type: QueryTypes.SELECT },
  )
