/** The web half of the product in a process of its own: one of several that share a database. */
import { closeDatabase } from '../../src/db/pool.ts'
import { startWeb } from '../../src/start-web.ts'
import { stopInOrder } from '../../src/stop-in-order.ts'
import { noScripts } from '../admin/_no-scripts.ts'

const web = await startWeb({ port: 0, host: '127.0.0.1', assets: noScripts })
stopInOrder([() => web.stop(1000), closeDatabase])
// The parent is gone: nobody is left to be tested for.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.send?.(web.url)
