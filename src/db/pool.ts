/** Plain connections for what Sequelize is no use for: the queue, cursors, COPY, LISTEN. */
import { Client, Pool, type ClientConfig } from 'pg'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { connectionOptions, databaseUrl, sequelize } from './sequelize.ts'

let shared: Pool | undefined

const tellLoss = (fault: Error) => log.warn({ err: fault }, 'a database connection was lost')

const withErrorHandler = <T extends Pool | Client>(source: T): T => {
  // Without a listener the end of an idle connection (a restart of the server) would end this process too.
  const emitter: NodeJS.EventEmitter = source
  emitter.on('error', tellLoss)
  // A pool listens to its idle connections only; one lent out in that moment would be heard by nobody.
  emitter.on('connect', (client?: NodeJS.EventEmitter) => client?.on('error', tellLoss))
  return source
}

const settings = (): ClientConfig => ({
  connectionString: databaseUrl(),
  application_name: connectionOptions().applicationName,
  keepAlive: true,
})

/** The pool of this process, made on first use; it survives a restart of the server. */
export const pool = (): Pool =>
  (shared ??= withErrorHandler(
    new Pool({
      ...settings(),
      max: env().DATABASE_POOL,
      idleTimeoutMillis: 10_000,
      connectionTimeoutMillis: 30_000,
    }),
  ))

/** A connection of its own, for LISTEN, a long cursor or a COPY. The caller connects it and ends it. */
export const dedicatedClient = (): Client => withErrorHandler(new Client(settings()))

/** Closes both the raw pool and Sequelize; afterwards the process can end. */
export const closeDatabase = async (): Promise<void> => {
  const closing = shared
  shared = undefined
  await Promise.all([closing?.end(), sequelize.close()])
}
