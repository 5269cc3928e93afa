/** The whole product in one process for a browser test: web and worker started, then a message. */
import { handlers } from '../../jobs/handlers.ts'
import { jobs } from '../../jobs/index.ts'
import { startWorker } from '../../jobs/worker.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { startWeb } from '../../src/start-web.ts'
import { stopInOrder } from '../../src/stop-in-order.ts'

const web = await startWeb({ isTrial: true })
const worker = startWorker({ handlers, jobs })
await worker.ready
stopInOrder([() => web.stop(1000), () => worker.stop(1000), closeDatabase])
// The parent is gone: nobody is left to be tested for.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.send?.({ url: web.url })
