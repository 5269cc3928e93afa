/** The PostgreSQL of a test run: thrown away at the end, also when the end is violent. */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/db/embedded-postgres.ts'
import { migrate } from '../../src/db/migrate.ts'

export const TEMPLATE = 'certdesk_template'

export type TestServer = {
  /** Where databases are made from: the role of the product, allowed to create databases. */
  url: string
  stop: () => Promise<void>
}

/** A shell that waits for our end, however it comes, and then removes the server and its folder. */
const watchOver = (server: EmbeddedPostgres, folder: string) => {
  const script = 'read -r answer; [ "$answer" = done ] && exit; kill -QUIT "$1"; sleep 1; rm -rf -- "$2"'
  const watch = spawn('/bin/sh', ['-c', script, 'sh', String(server.pid()), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.unref()
  return () =>
    new Promise<void>((gone) => {
      watch.ref()
      watch.once('exit', () => gone())
      watch.stdin.end('done\n')
    })
}

/** Another database of the same server. */
export const databaseOf = (url: string, name: string): string => {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

export const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url, application_name: 'test support' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const cloneDatabase = (client: Client, name: string, template: string): Promise<unknown> =>
  client.query(`create database ${name} template ${template} strategy file_copy`)

/** Starts a server without durability and migrates the template every test file clones. */
export const startTestServer = async (): Promise<TestServer> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'certdesk-test-')))
  // As root the server runs as another user, who has to pass through here.
  await chmod(folder, 0o755)
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    durable: false,
    settings: { shared_buffers: '128MB', max_wal_size: '512MB', autovacuum: 'on' },
  })
  const release = watchOver(server, folder)
  const stop = async () => {
    await server.stop()
    await release()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await withClient(server.adminUrl, (client) => client.query('alter role certdesk createdb'))
    await withClient(server.url, (client) => client.query(`create database ${TEMPLATE}`))
    await migrate(databaseOf(server.url, TEMPLATE))
    return { url: server.url, stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}
