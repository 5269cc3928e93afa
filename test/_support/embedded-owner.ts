/** A process that owns an embedded PostgreSQL until it is killed; says where it is on its first line. */
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts'

const [dataDir = ''] = process.argv.slice(2)
const server = await startEmbeddedPostgres({
  dataDir,
  durable: false,
  settings: { shared_buffers: '32MB', synchronous_commit: 'on' },
})
console.log(JSON.stringify({ url: server.url, pid: server.pid() }))
setInterval(() => undefined, 60_000)
