/** A database of its own for each test file, and a rolled-back transaction for each test. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { Pool } from 'pg'
import { closeDatabase } from '../../src/db/pool.ts'
import { connectDatabase, sequelize } from '../../src/db/sequelize.ts'
import { TEMPLATE, cloneDatabase, databaseOf, withClient } from './server.ts'

export type TestDatabase = {
  url: string
  /** A plain pool to the same database, closed at the end of the test: for a second session, COPY or LISTEN. */
  pool: (t: ExecutionContext, options?: { max?: number }) => Pool
}

const leftSessions = (server: string, name: string): Promise<string[]> =>
  withClient(server, async (client) => {
    const found = await client.query<{ left: string }>(
      `select concat_ws(' ', application_name, state, left(query, 80)) as left
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    return found.rows.map(({ left }) => left)
  })

/** Sessions still open after a grace of two seconds: something of the file was not closed. */
const leaks = async (server: string, name: string): Promise<string[]> => {
  let left = await leftSessions(server, name)
  for (let waited = 0; left.length > 0 && waited < 2000; waited += 50) {
    await sleep(50)
    left = await leftSessions(server, name)
  }
  return left
}

/**
 * Clones the migrated database, or the template `filled` names on this server, for this test file and connects the
 * models to it. Call once, on the top level, with await. Dropped after the last test; the file fails when it leaves
 * sessions open.
 */
export const isolatedDatabase = async (
  filled: (server: string) => Promise<string> = async () => TEMPLATE,
): Promise<TestDatabase> => {
  const server = process.env['TEST_DATABASE_URL']
  if (!server) throw new Error('the server of the tests is started by npm test')
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = databaseOf(server, name)
  const template = await filled(server)
  await withClient(server, (client) => cloneDatabase(client, name, template))
  // Also for the worker processes a test starts.
  process.env['DATABASE_URL'] = url
  connectDatabase(url, { applicationName: 'test' })
  test.after.always('the file closes what it opened', async (t) => {
    await closeDatabase()
    const left = await leaks(server, name)
    // Forced only over our own sessions: a vacuum at work belongs to somebody else, and is sent away without force.
    const force = left.length > 0 ? ' with (force)' : ''
    await withClient(server, (client) => client.query(`drop database ${name}${force}`))
    t.deepEqual(left, [], 'sessions left open')
  })
  return {
    url,
    pool: (t, { max = 4 } = {}) => {
      const pool = new Pool({ connectionString: url, max, application_name: 'test pool' })
      pool.on('error', (fault) => t.log(fault.message))
      t.teardown(() => pool.end())
      return pool
    },
  }
}

class RolledBack extends Error {}

let queue: Promise<unknown> = Promise.resolve()

/**
 * A test inside a transaction that is always rolled back. Everything the test calls joins it, operations become
 * savepoints and their effects after commit do happen. Tests of a file take turns: uncommitted rows would block others.
 * Constraints deferred to the commit are checked at the end.
 * Not for tests that need two sessions: those commit, and say so by not using this.
 */
export const isolated =
  <Context>(work: (t: ExecutionContext<Context>) => unknown) =>
  async (t: ExecutionContext<Context>): Promise<void> => {
    const turn = queue.then(() =>
      sequelize.transaction(async () => {
        await work(t)
        await sequelize.query('set constraints all immediate')
        throw new RolledBack()
      }),
    )
    queue = turn.catch(() => undefined)
    try {
      await turn
    } catch (fault) {
      if (!(fault instanceof RolledBack)) throw fault
    }
  }
