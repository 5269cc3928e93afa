/** What staff do to background work: run a job now, pause and resume it, try a failed message again or let it be. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'
import { mayMendJobs } from '../../queries/jobs/jobs-console.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { dismissMessages, retryMessages } from '../../queue/settle.ts'
import { operation } from '../operation.ts'

function authoriseMending(actor: Actor): void {
  if (!mayMendJobs(actor)) throw new DomainError('forbidden')
}

async function setPaused(name: string, paused: boolean): Promise<void> {
  const changed = await sequelize.query<{ name: string }>(
    `update scheduled_jobs set paused = $2 where name = $1 returning name`,
    { type: QueryTypes.SELECT, bind: [name, paused] },
  )
  if (changed.length === 0) throw new DomainError('not-found')
}

export const runJob = operation('job.run', async ({ actor, now }, { name }: { name: string }) => {
  authoriseMending(actor)
  const known = await sequelize.query<{ name: string }>(`select name from scheduled_jobs where name = $1`, {
    type: QueryTypes.SELECT,
    bind: [name],
  })
  if (known.length === 0) throw new DomainError('not-found')
  // Two presses within a minute are one wish.
  await enqueue('job.run', { key: `${name} ${now.toISOString().slice(0, 16)}`, job: name })
})

export const pauseJob = operation('job.pause', async ({ actor }, { name }: { name: string }) => {
  authoriseMending(actor)
  await setPaused(name, true)
})

export const resumeJob = operation('job.resume', async ({ actor }, { name }: { name: string }) => {
  authoriseMending(actor)
  await setPaused(name, false)
})

/** @returns the ids that were tried again; those that are not failed any more are left alone */
export const retryFailures = operation(
  'message.retry',
  async ({ actor }, { ids }: { ids: readonly number[] }) => {
    authoriseMending(actor)
    const retried = await retryMessages(ids)
    await notifyDesk({ topic: 'counters' })
    return retried
  },
)

export const skipFailures = operation(
  'message.skip',
  async ({ actor }, { ids }: { ids: readonly number[] }) => {
    authoriseMending(actor)
    const skipped = await dismissMessages(ids, actor.name)
    await notifyDesk({ topic: 'counters' })
    return skipped
  },
)
