/** The program `npm run worker`: a worker process that drains on SIGTERM and SIGINT. */
import { closeDatabase } from '../src/db/pool.ts'
import { log } from '../src/log.ts'
import { handlers } from './handlers.ts'
import { jobs } from './index.ts'
import { startWorker } from './worker.ts'

const worker = startWorker({ handlers, jobs })

let stopping = false
const stop = async (signal: NodeJS.Signals) => {
  // A second signal means that the person does not want to wait any longer.
  if (stopping) process.exit(1)
  stopping = true
  log.info({ signal }, 'the worker finishes what it has in hand')
  await worker.stop()
  await closeDatabase()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
