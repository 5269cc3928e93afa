/** The program `npm run jobs:list`: each scheduled job with its schedule, last run, next run and result. */
import { closeDatabase } from '../src/db/pool.ts'
import { jobStatuses } from '../src/queue/heartbeat.ts'
import { jobs } from './index.ts'

const statuses = new Map((await jobStatuses()).map((status) => [status.name, status]))
const instant = (at: Date | null | undefined) => at?.toISOString().slice(0, 19).replace('T', ' ') ?? '—'

console.table(
  jobs.map(({ name, description, every }) => {
    const status = statuses.get(name)
    return {
      name,
      description: description.en,
      schedule: `${every.cron} (${every.timezone})`,
      'last run, UTC': instant(status?.lastStartedAt),
      'next run, UTC': status?.paused ? 'paused' : instant(status?.nextRunAt),
      result: status?.running ? 'running' : (status?.lastError ?? status?.lastResult ?? 'never ran'),
    }
  }),
)
await closeDatabase()
