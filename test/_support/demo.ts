/** The demo office made once in a run however many files ask: a database to clone, and the files its rows speak of. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { programOf } from './program.ts'
import { TEMPLATE, cloneDatabase, databaseOf, withClient } from './server.ts'

const NAME = 'certdesk_demo'
const program = programOf('test/_support/_demo.ts')

export const demoStorage = (folder: string): string => join(folder, 'demo-storage')

/** Fills a migrated database; files go to `demoStorage(folder)`. */
export async function makeDemoOffice(url: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: url,
      DATA_DIR: folder,
      STORAGE_DIR: demoStorage(folder),
      LOG_LEVEL: 'error',
    },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the demo office was not made: its seeder ended with ${code}`)
}

/** The name of the filled database on this server; its files are in `demoStorage(folder)`. */
export const demoTemplate = (server: string, folder: string): Promise<string> =>
  withClient(server, async (client) => {
    // Whoever comes second waits here for the first; the lock goes with the session.
    await client.query('select pg_advisory_lock(hashtext($1))', [NAME])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [NAME])
    if (rowCount) return NAME
    const draft = `${NAME}_draft`
    await client.query(`drop database if exists ${draft}`)
    await cloneDatabase(client, draft, TEMPLATE)
    await makeDemoOffice(databaseOf(server, draft), folder)
    await client.query(`alter database ${draft} rename to ${NAME}`)
    return NAME
  })
