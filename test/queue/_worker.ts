/** A real worker process for tests: what its handlers and jobs do is told by WORKER_PLAN. */
import { setTimeout as sleep } from 'node:timers/promises'
import { defineJob } from '../../jobs/define-job.ts'
import { startWorker } from '../../jobs/worker.ts'
import { atomic } from '../../src/db/atomic.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { defineHandler } from '../../src/queue/handlers.ts'
import type { Policy } from '../../src/queue/messages.ts'

/** A document that ends its process, one that cannot be made, and how long the others take. */
export type WorkerPlan = {
  poison?: number
  broken?: number
  takesMs?: number
  concurrency?: number
  policy?: Partial<Policy>
  /** Six-field cron of the job `tick`. */
  tick?: string
  tickTakesMs?: number
  checkEveryMs?: number
}

const plan = JSON.parse(process.env['WORKER_PLAN'] ?? '{}') as WorkerPlan

const generate = defineHandler('document.generate', {
  concurrency: plan.concurrency ?? 10,
  async run({ payload }, { finish }) {
    if (payload.documentId === plan.poison) process.kill(process.pid, 'SIGKILL')
    if (payload.documentId === plan.broken) throw new Error('This document cannot be made')
    process.send?.(`begun ${payload.documentId}`)
    await sleep(plan.takesMs ?? 0)
    await atomic(async () => {
      await sequelize.query('insert into effects (document_id, worker) values ($1, $2)', {
        bind: [payload.documentId, process.pid],
      })
      await finish()
    })
  },
  onDead: (message, failure) =>
    sequelize.query('insert into funerals (document_id, code) values ($1, $2)', {
      bind: [message.payload.documentId, failure.code],
    }),
})

const tick =
  plan.tick === undefined
    ? []
    : [
        defineJob({
          name: 'tick',
          description: { ru: 'Проверка часов', en: 'A test of the clock' },
          every: { cron: plan.tick, timezone: 'Europe/Moscow' },
          timeoutMs: 10_000,
          async run({ period }) {
            await sequelize.query('insert into ticks (period, worker) values ($1, $2)', {
              bind: [period, process.pid],
            })
            await sleep(plan.tickTakesMs ?? 0)
          },
        }),
      ]

const worker = startWorker({
  handlers: [generate],
  jobs: tick,
  policies: { 'document.generate': plan.policy ?? {} },
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
