/** Plain connections for what Sequelize is no use for: the queue, cursors, COPY, LISTEN. */
import { Pool, type Client, type ClientConfig } from 'pg'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { HeardClient } from './heard-client.ts'
import { connectionOptions, databaseUrl, sequelize } from './sequelize.ts'

let shared: Pool | undefined

const settings = (): ClientConfig => ({
  connectionString: databaseUrl(),
  application_name: connectionOptions().applicationName,
  keepAlive: true,
})

const openPool = (): Pool => {
  const opened = new Pool({
    ...settings(),
    Client: HeardClient,
    max: env().DATABASE_POOL,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 30_000,
  })
  // The pool repeats what its idle connections said, and would end the process when nobody listened to it.
  opened.on('error', (fault) => log.debug({ err: fault }, 'the pool let an idle connection go'))
  return opened
}

/** The pool of this process, made on first use; it survives a restart of the server. */
export const pool = (): Pool => (shared ??= openPool())

/** A connection of its own, for LISTEN, a long cursor or a COPY. The caller connects it and ends it. */
export const dedicatedClient = (): Client => new HeardClient(settings())

/** Closes both the raw pool and Sequelize; afterwards the process can end. */
export const closeDatabase = async (): Promise<void> => {
  const closing = shared
  shared = undefined
  await Promise.all([closing?.end(), sequelize.close()])
}
