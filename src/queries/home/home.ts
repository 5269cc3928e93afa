/** The home page: what do I do now, and how have the last days gone. */
import type { Home } from '../../../admin/desk-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { myQueue } from '../queue/my-queue.ts'
import { myWork } from '../work/my-work.ts'
import { flow } from './flow.ts'
import { recentOrganisations } from './recent-organisations.ts'

const firstThings = 6

export async function home(actor: Actor): Promise<Home> {
  const now = new Date()
  const [queue, stats, recent, work] = await Promise.all([
    myQueue(actor, { perPage: firstThings, now }),
    flow(actor, now),
    recentOrganisations(actor),
    myWork(actor),
  ])
  return {
    queue: { items: queue.items, total: queue.total, overdue: queue.overdue },
    stats,
    recent,
    work,
  }
}
