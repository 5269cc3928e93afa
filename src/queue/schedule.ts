/** Which scheduled run is due and who does it: once for each period, whatever the clock that called for it. */
import { randomUUID } from 'node:crypto'
import type { Executor } from './claim.ts'
import { type Cron, lastFire, nextFire } from './cron.ts'
import { LeaseLost, describeFailure } from './failure.ts'

/** What a job run knows. `now` is the database's and never before the instant the period stands for. */
export type JobContext = Readonly<{ now: Date; period: string | null; signal: AbortSignal }>

export type ScheduledJob = Readonly<{
  name: string
  description: Readonly<{ ru: string; en: string }>
  every: Cron
  /** Names the period an instant belongs to; by default the instant at which the cron last fired. */
  period?: (now: Date) => string
  timeoutMs: number
  /** Tries within one period, crashed ones included; 3 by default. */
  maxAttempts?: number
  /** Idempotent; what it returns is kept with the run (counts, not personal data). */
  run: (context: JobContext) => Promise<Record<string, unknown> | void>
}>

/** One entry of the clock. */
export type Schedule = Cron & Readonly<{ name: string }>

export type SchedulerOptions = {
  jobs: readonly ScheduledJob[]
  pool: Executor
  /** Written beside each run: which process did it. */
  worker: string
  onError: (error: Error, about: { job: string }) => void
  leaseSeconds?: number
}

export type Scheduler = {
  /** Keeps `scheduled_jobs` equal to the catalogue. */
  publish: () => Promise<void>
  /** The clock struck for a job: does its period unless somebody did. Resolves when the run has ended. */
  nudge: (name: string) => Promise<'ok' | 'failed' | 'not-due'>
  /** Does every period nobody has done yet: after a stop, a crash, a failure or a lost job store. */
  catchUp: () => Promise<void>
  /** One run outside of any period, as a person asked; never beside another run of the same job. */
  runNow: (name: string) => Promise<'ok' | 'failed' | 'busy'>
  stop: (drainMs: number) => Promise<void>
}

type Run = { id: number; token: string; period: string | null; now: Date }

// The host whose clock struck may run ahead of the database a little; without this its tick would be early.
const graceMs = 1000

const periodAt = (job: ScheduledJob, clock: Date, grace: number): { period: string; now: Date } => {
  const fired = lastFire(job.every, new Date(clock.getTime() + grace))
  const now = fired > clock ? fired : clock
  return { period: job.period?.(now) ?? fired.toISOString(), now }
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { jobs, pool, worker, onError } = options
  const leaseSeconds = options.leaseSeconds ?? 30
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const running = new Map<Promise<unknown>, AbortController>()
  let stopping = false

  const databaseNow = async (): Promise<Date> =>
    ((await pool.query('select now() as now')).rows[0] as { now: Date }).now

  /** Takes the period, or null: done, being done, used up, paused, or another run of the job is under way. */
  const begin = async (job: ScheduledJob, period: string | null, now: Date): Promise<Run | null> => {
    const token = randomUUID()
    await pool.query(
      `update job_runs set finished_at = now(), result = 'failed', error_code = 'worker-died',
         error = 'The worker stopped before the job was finished', lease_token = null, lease_until = null
       where job = $1 and finished_at is null and lease_until < now()`,
      [job.name],
    )
    const result = await pool
      .query(
        `insert into job_runs (job, period, worker, lease_token, lease_until)
         select name, $2, $3, $4::uuid, now() + make_interval(secs => $5)
         from scheduled_jobs where name = $1 and (not paused or $2::text is null)
         on conflict (job, period) do update
         set worker = excluded.worker, lease_token = excluded.lease_token, lease_until = excluded.lease_until,
           attempts = job_runs.attempts + 1, started_at = now(), finished_at = null, result = null
         where job_runs.result = 'failed' and job_runs.attempts < $6
           and (job_runs.error_code = 'worker-died'
             or job_runs.finished_at < now() - make_interval(secs => 30 * job_runs.attempts))
         returning id`,
        [job.name, period, worker, token, leaseSeconds, job.maxAttempts ?? 3],
      )
      .catch((error: { code?: string; constraint?: string }) => {
        if (error.code === '23505' && error.constraint === 'job_runs_one_at_a_time') return { rows: [] }
        throw error
      })
    const row = result.rows[0] as { id: number } | undefined
    if (!row) return null
    await pool.query(`update scheduled_jobs set last_started_at = now(), next_run_at = $2 where name = $1`, [
      job.name,
      nextFire(job.every, now),
    ])
    return { id: row.id, token, period, now }
  }

  const end = async (job: ScheduledJob, run: Run, error: unknown, details: unknown): Promise<void> => {
    const failure = error === undefined ? null : describeFailure(error)
    const result = failure === null ? 'ok' : 'failed'
    await pool.query(
      `with ended as (
         update job_runs set finished_at = now(), result = $3, error_code = $4, error = $5, details = $6::jsonb,
           lease_token = null, lease_until = null
         where id = $1 and lease_token = $2 returning job, started_at)
       update scheduled_jobs s
       set last_finished_at = now(), last_result = $3, error_code = $4, last_error = $5,
         last_duration_ms = extract(epoch from now() - ended.started_at) * 1000
       from ended where s.name = ended.job`,
      [
        run.id,
        run.token,
        result,
        failure?.code ?? null,
        failure?.text ?? null,
        details === undefined ? null : JSON.stringify(details),
      ],
    )
    if (error !== undefined) onError(error as Error, { job: job.name })
  }

  /** Runs the body under its time limit while the lease is kept alive; a lost lease aborts it. */
  const perform = async (job: ScheduledJob, run: Run, abort: AbortController): Promise<'ok' | 'failed'> => {
    const fail = (error: unknown) => onError(error as Error, { job: job.name })
    const beat = async () => {
      const kept = await pool.query(
        `update job_runs set lease_until = now() + make_interval(secs => $3)
         where id = $1 and lease_token = $2`,
        [run.id, run.token, leaseSeconds],
      )
      if (kept.rowCount === 0) abort.abort(new LeaseLost('Another worker took the run over'))
    }
    const beating = setInterval(() => void beat().catch(fail), (leaseSeconds * 1000) / 4)
    const late = new DOMException(`The job took longer than ${job.timeoutMs} ms`, 'TimeoutError')
    let limit: NodeJS.Timeout | undefined
    let error: unknown
    let details: unknown
    try {
      details = await Promise.race([
        job.run({ now: run.now, period: run.period, signal: abort.signal }),
        new Promise<never>((_, reject) => {
          limit = setTimeout(() => {
            abort.abort(late)
            reject(late)
          }, job.timeoutMs)
        }),
      ])
    } catch (thrown) {
      error = thrown ?? new Error('The job failed without saying why')
    } finally {
      clearTimeout(limit)
      clearInterval(beating)
    }
    await end(job, run, error, details)
    return error === undefined ? 'ok' : 'failed'
  }

  const tracked = async <R>(work: (abort: AbortController) => Promise<R>): Promise<R> => {
    const abort = new AbortController()
    const promise = work(abort)
    running.set(promise, abort)
    try {
      return await promise
    } finally {
      running.delete(promise)
    }
  }

  const doPeriod = (job: ScheduledJob, grace: number): Promise<'ok' | 'failed' | 'not-due'> =>
    tracked(async (abort) => {
      if (stopping) return 'not-due'
      const clock = await databaseNow()
      const due = periodAt(job, clock, grace)
      const run = await begin(job, due.period, due.now)
      return run ? perform(job, run, abort) : 'not-due'
    })

  return {
    async publish() {
      const now = await databaseNow()
      const rows = jobs.map((job) => ({
        name: job.name,
        ...job.every,
        description_ru: job.description.ru,
        description_en: job.description.en,
        timeout_ms: job.timeoutMs,
        next_run_at: nextFire(job.every, now),
      }))
      await pool.query(
        `insert into scheduled_jobs
           (name, cron, timezone, description_ru, description_en, timeout_ms, next_run_at)
         select name, cron, timezone, description_ru, description_en, timeout_ms, next_run_at
         from jsonb_to_recordset($1::jsonb) as job (name text, cron text, timezone text, description_ru text,
           description_en text, timeout_ms integer, next_run_at timestamptz)
         on conflict (name) do update set cron = excluded.cron, timezone = excluded.timezone,
           description_ru = excluded.description_ru, description_en = excluded.description_en,
           timeout_ms = excluded.timeout_ms, next_run_at = excluded.next_run_at
         where (scheduled_jobs.cron, scheduled_jobs.timezone, scheduled_jobs.description_ru,
             scheduled_jobs.description_en, scheduled_jobs.timeout_ms)
           is distinct from (excluded.cron, excluded.timezone, excluded.description_ru,
             excluded.description_en, excluded.timeout_ms)`,
        [JSON.stringify(rows)],
      )
      await pool.query('delete from scheduled_jobs where name <> all ($1::text[])', [
        jobs.map(({ name }) => name),
      ])
    },

    async nudge(name) {
      const job = byName.get(name)
      return job ? doPeriod(job, graceMs) : 'not-due'
    },

    async catchUp() {
      await Promise.all(
        jobs.map((job) =>
          doPeriod(job, 0).catch((error: unknown) => onError(error as Error, { job: job.name })),
        ),
      )
    },

    runNow(name) {
      return tracked(async (abort) => {
        const job = byName.get(name)
        if (!job) throw new Error(`There is no job "${name}"`)
        const run = await begin(job, null, await databaseNow())
        return run ? perform(job, run, abort) : 'busy'
      })
    },

    async stop(drainMs) {
      stopping = true
      await withinMs(Promise.allSettled(running.keys()), drainMs)
      for (const abort of running.values()) abort.abort(new LeaseLost('The worker stops'))
      await withinMs(Promise.allSettled(running.keys()), 1000)
    },
  }
}

/** Waits for the work, but no longer than that. */
async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}
