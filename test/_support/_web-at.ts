/** A second web process of the product whose clock stands where its parent says: what a link is worth on another day. */
import { startWeb } from '../../src/start-web.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { stopInOrder } from '../../src/stop-in-order.ts'

let moment = Date.now()
const RealDate = Date
globalThis.Date = new Proxy(RealDate, {
  construct: (_date, given: [], made) => Reflect.construct(RealDate, given.length ? given : [moment], made),
  get: (date, key) => (key === 'now' ? () => moment : Reflect.get(date, key)),
})

const web = await startWeb({ port: 0 })
stopInOrder([() => web.stop(1000), closeDatabase])
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.on('message', ({ at }: { at: number }) => {
  moment = at
  process.send?.({ url: web.url })
})
process.send?.({ url: web.url })
