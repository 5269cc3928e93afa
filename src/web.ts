/** The program `npm run web`: one web process of many, against DATABASE_URL. */
import { closeDatabase } from './db/pool.ts'
import { startWeb } from './start-web.ts'
import { stopInOrder } from './stop-in-order.ts'

const web = await startWeb()
stopInOrder([() => web.stop(), closeDatabase])
console.log(`certdesk: ${web.url}/admin`)
