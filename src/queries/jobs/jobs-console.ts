/** The console of background work: schedules, queues, and failures with the record each is about. */
import type { JobsConsole } from '../../../admin/desk-types.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'

/** A job that did not begin this long after its time is late, in seconds; the same grace as the health check has. */
const graceSeconds = 150
const failuresShown = 100

type JobRow = {
  name: string
  description: string
  schedule: string
  timezone: string
  last_started_at: Date | null
  last_result: 'ok' | 'failed' | null
  error_code: string | null
  last_error: string | null
  last_duration_ms: number | null
  next_run_at: Date | null
  is_paused: boolean
  is_late: boolean
}
type QueueRow = {
  topic: string
  waiting: number
  working: number
  dead: number
  uncertain: number
  oldest_at: Date | null
}
type FailureRow = {
  id: number
  topic: string
  payload: Record<string, unknown>
  code: string
  attempts: number
  max_attempts: number
  at: Date
  state: 'dead' | 'uncertain'
}

/** Who may look at the machinery and mend it: it has no office, so only those who see all of them. */
export const mayMendJobs = (actor: Actor): boolean =>
  actor.role === 'administrator' || actor.role === 'support'

/** @throws DomainError `forbidden` */
export async function jobsConsole(actor: Actor): Promise<JobsConsole> {
  if (!mayMendJobs(actor)) throw new DomainError('forbidden')
  const [jobs, queues, failures] = await Promise.all([readJobs(actor), readQueues(), readFailures()])
  return { jobs, queues, failures, mayManage: true }
}

async function readJobs(actor: Actor): Promise<JobsConsole['jobs']> {
  const found = await rows<JobRow>(
    `select s.name, case when $language = 'en' then s.description_en else s.description_ru end as description,
       s.cron as schedule, s.timezone, s.last_started_at, s.last_result, s.error_code, s.last_error, s.last_duration_ms,
       s.next_run_at, s.paused as is_paused,
       not s.paused and coalesce(case when r.id is null then s.next_run_at
         else r.started_at + make_interval(secs => s.timeout_ms / 1000.0) end
         < now() - make_interval(secs => $grace), false) as is_late
     from scheduled_jobs s
     left join job_runs r on r.job = s.name and r.finished_at is null and r.lease_until > now()
     order by s.name`,
    { language: actor.language, grace: graceSeconds },
  )
  return found.map((job) => ({
    name: job.name,
    description: job.description,
    schedule: job.schedule,
    timezone: job.timezone,
    lastRunAt: job.last_started_at?.toISOString() ?? null,
    lastResult: job.last_result,
    lastError: job.error_code ?? job.last_error,
    lastDurationMs: job.last_duration_ms,
    nextRunAt: job.next_run_at?.toISOString() ?? null,
    isPaused: job.is_paused,
    isLate: job.is_late,
  }))
}

async function readQueues(): Promise<JobsConsole['queues']> {
  const found = await rows<QueueRow>(
    `select topic, count(*) filter (where state = 'new')::integer as waiting,
       count(*) filter (where state = 'work')::integer as working,
       count(*) filter (where state = 'dead')::integer as dead,
       count(*) filter (where state = 'uncertain')::integer as uncertain,
       min(created_at) filter (where state in ('new', 'work')) as oldest_at
     from outbox where state in ('new', 'work', 'dead', 'uncertain') group by topic order by topic`,
  )
  return found.map(({ oldest_at: oldestAt, ...queue }) => ({
    ...queue,
    oldestAt: oldestAt?.toISOString() ?? null,
  }))
}

async function readFailures(): Promise<JobsConsole['failures']> {
  const found = await rows<FailureRow>(
    `select id, topic, payload, coalesce(error_code, 'internal') as code, attempts, max_attempts,
       coalesce(lease_until, next_at, created_at) as at, state
     from outbox where state in ('dead', 'uncertain') order by id desc limit $limit`,
    { limit: failuresShown },
  )
  const subjects = await subjectsOf(found)
  return found.map((failure) => ({
    id: failure.id,
    topic: failure.topic,
    code: failure.code,
    params: { attempts: failure.attempts, maxAttempts: failure.max_attempts },
    attempts: failure.attempts,
    at: failure.at.toISOString(),
    subject: subjects.get(failure.id) ?? null,
    state: failure.state,
    canRetry: true,
  }))
}

/** Which record a payload points at, and how that record is called. */
const pointers = [
  { key: 'requestId', resourceId: 'accounting-requests', table: 'accounting_requests', label: 'number' },
  { key: 'documentId', resourceId: 'documents', table: 'documents', label: 'number' },
  { key: 'mailId', resourceId: 'mails', table: 'mails', label: `coalesce(subject, recipient, kind)` },
  { key: 'exportId', resourceId: 'exports', table: 'exports', label: 'report' },
] as const

async function subjectsOf(failures: readonly FailureRow[]) {
  const subjects = new Map<number, { label: string; href: string }>()
  for (const { key, resourceId, table, label } of pointers) {
    const about = failures.filter(({ payload }) => typeof payload[key] === 'number')
    if (about.length === 0) continue
    const found = await rows<{ id: number; label: string }>(
      `select id, ${label} as label from ${table} where id = any ($ids)`,
      { ids: about.map(({ payload }) => payload[key]) },
    )
    const labelOf = new Map(found.map((subject) => [subject.id, subject.label]))
    for (const { id, payload } of about) {
      const subjectId = payload[key] as number
      const known = labelOf.get(subjectId)
      if (known !== undefined) subjects.set(id, { label: known, href: screenOf(resourceId, subjectId) })
    }
  }
  return subjects
}
