/** The connection to PostgreSQL and the transaction nobody has to pass around. */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg, { Client, types } from 'pg'
import { Sequelize, type Transaction } from 'sequelize'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { HeardClient } from './heard-client.ts'

// Object identifiers of built-in types are fixed for ever; pg names only the scalar ones.
const TEXT_ARRAY = 1009
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182

// pg's own types know its short list of names only, its parsers know every number.
const parsers = types as unknown as {
  setTypeParser(oid: number, parser: (text: string) => unknown): void
  getTypeParser(oid: number): (text: string) => unknown
}

const exactInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number exactly`)
  return value
}
parsers.setTypeParser(types.builtins.INT8, exactInteger)
// A day has no time zone: as a Date it would move with the clock of the machine.
parsers.setTypeParser(types.builtins.DATE, (text) => text)
const listOf = parsers.getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[]
parsers.setTypeParser(DATE_ARRAY, listOf)
parsers.setTypeParser(INT8_ARRAY, (text) =>
  listOf(text).map((item) => (item === null ? null : exactInteger(item))),
)

const store = new AsyncLocalStorage<Map<string, unknown>>()
Sequelize.useCLS({
  get: (key: string) => store.getStore()?.get(key),
  set: (key: string, value: unknown) => store.getStore()?.set(key, value),
  run: (work: (context: unknown) => unknown) => {
    const context = new Map(store.getStore())
    return store.run(context, () => work(context))
  },
  bind: (work: (...values: unknown[]) => unknown) => AsyncLocalStorage.bind(work),
})

/** The transaction the current call chain runs in, if any. */
export const currentTransaction = (): Transaction | undefined =>
  (store.getStore()?.get('transaction') as Transaction | null | undefined) ?? undefined

/** Runs `work` with no ambient transaction: what it writes stays even if the caller rolls back. */
export const outsideTransaction = <T>(work: () => T): T => store.run(new Map(), work)

/** Runs `work` with one more value in the ambient store; only `src/db` may use it. */
export const withAmbient = <T>(key: string, value: unknown, work: () => T): T =>
  store.run(new Map(store.getStore()).set(key, value), work)

export const ambient = (key: string): unknown => store.getStore()?.get(key)

export type ConnectOptions = {
  /** Shown in pg_stat_activity. */
  applicationName?: string
  /** Milliseconds after which the server gives a statement up; 0 = never. */
  statementTimeout?: number
}

const connection: { url: string | undefined; options: Required<ConnectOptions> } = {
  url: undefined,
  options: { applicationName: 'certdesk', statementTimeout: 0 },
}

/**
 * Says which database the process works with. Needed only when it is not the one in DATABASE_URL (the embedded
 * server) or when the session needs other settings; must come before the first query.
 */
export const connectDatabase = (url: string, options: ConnectOptions = {}): void => {
  connection.url = url
  Object.assign(connection.options, options)
}

/** Where the process connects to; throws when nothing says where. */
export const databaseUrl = (): string => {
  const url = connection.url ?? env().DATABASE_URL
  if (!url) throw new Error('No database: set DATABASE_URL or call connectDatabase first')
  return url
}

/** Session settings shared by Sequelize and by the raw pool. */
export const connectionOptions = (): Required<ConnectOptions> => ({ ...connection.options })

/** One instance for all models: they are defined at import, the address is looked up at the first connection. */
export const sequelize = new Sequelize({
  dialect: 'postgres',
  dialectModule: { ...pg, Client: HeardClient },
  logging: env().LOG_LEVEL === 'trace' ? (sql) => log.trace({ sql }, 'query') : false,
  pool: { max: env().DATABASE_POOL, min: 0, idle: 10_000, acquire: 30_000 },
  define: { underscored: true, timestamps: true },
  hooks: {
    beforeConnect: (config) => {
      // A client that never connects: pg itself reads the address, with its sslmode and its escapes.
      const { host, port, database, user, password, ssl } = new Client({ connectionString: databaseUrl() })
      const { applicationName, statementTimeout } = connection.options
      Object.assign(config, {
        host,
        port,
        database,
        username: user,
        password,
        dialectOptions: {
          ...config.dialectOptions,
          ...(ssl ? { ssl } : {}),
          application_name: applicationName,
          statement_timeout: statementTimeout,
          keepAlive: true,
        },
      })
    },
  },
})
