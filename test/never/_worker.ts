/** A real worker process with the product's own handlers and jobs; WORKER_PLAN says which, and when it dies. */
import { handlers } from '../../jobs/handlers.ts'
import { jobs } from '../../jobs/index.ts'
import { startWorker } from '../../jobs/worker.ts'
import { closeDatabase, pool } from '../../src/db/pool.ts'
import type { DocumentDefinition } from '../../src/documents/define-document.ts'
import type { Handler } from '../../src/queue/handlers.ts'
import type { Policy, Topic } from '../../src/queue/messages.ts'
import type { ScheduledJob } from '../../src/queue/schedule.ts'
import { documents } from '../../templates/documents/index.ts'

export type WorkerPlan = {
  topics?: readonly Topic[]
  /** Name of a job → six-field cron it runs by instead of its own. */
  jobs?: Readonly<Record<string, string>>
  policies?: Partial<Record<Topic, Partial<Policy>>>
  /** Each run of a job is written into the table `job_calls`, whatever the tables of the product say about it. */
  countsJobs?: boolean
  /** The process kills itself inside the n-th finishing transaction: files are written, rows are not committed. */
  dieAtFinish?: number
  /** The process kills itself when the n-th call has committed what it does, and its end is not written yet. */
  dieAfterCall?: number
  checkEveryMs?: number
  /** In the act of this number this name of a line reaches the typesetter as a text that aborts it, past the sanitiser. */
  fatalAct?: { number: string; name: string }
}

const plan = JSON.parse(process.env['WORKER_PLAN'] ?? '{}') as WorkerPlan

let finished = 0
let called = 0
const mortal = (handler: Handler): Handler => ({
  ...handler,
  call: async (messages, work) => {
    await handler.call(
      messages,
      Object.create(work, {
        finish: {
          value: (some?: typeof messages) => {
            finished += 1
            if (finished === plan.dieAtFinish) process.kill(process.pid, 'SIGKILL')
            return work.finish(some)
          },
        },
      }) as typeof work,
    )
    called += 1
    if (called === plan.dieAfterCall) process.kill(process.pid, 'SIGKILL')
  },
})

const counted = (job: ScheduledJob): ScheduledJob => ({
  ...job,
  async run(context) {
    await pool().query('insert into job_calls (job, period, worker) values ($1, $2, $3)', [
      job.name,
      context.period,
      process.pid,
    ])
    return job.run(context)
  },
})

const { fatalAct } = plan
if (fatalAct) {
  const definitions = documents as unknown as DocumentDefinition<unknown>[]
  const at = definitions.findIndex(({ kind }) => kind === 'act')
  const act = definitions[at]
  if (!act) throw new Error('there are no acts')
  definitions[at] = {
    ...act,
    prepare(data) {
      const prepared = act.prepare(data)
      if ((data as { number: string }).number !== fatalAct.number) return prepared
      return { ...prepared, sheet: prepared.sheet.replaceAll(fatalAct.name, 'я'.repeat(40_000)) }
    },
  }
}

const worker = startWorker({
  handlers: handlers.filter(({ topic }) => plan.topics?.includes(topic) ?? true).map(mortal),
  jobs: jobs.flatMap((job) => {
    const cron = plan.jobs?.[job.name]
    if (cron === undefined) return []
    const timed = { ...job, every: { ...job.every, cron } }
    return [plan.countsJobs ? counted(timed) : timed]
  }),
  policies: plan.policies ?? {},
  sweepEveryMs: 300,
  checkEveryMs: plan.checkEveryMs ?? 60_000,
})
process.on('SIGTERM', () => {
  void (async () => {
    await worker.stop()
    await closeDatabase()
    process.exit(0)
  })()
})
await worker.ready
process.send?.('ready')
