/** Brings the schema up to date, one process at a time; as a program, `npm run db:migrate`. */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import pg, { Client } from 'pg'
import { Sequelize, type QueryInterface } from 'sequelize'
import type { NamespacedUnregister } from 'tsx/esm/api'
import { SequelizeStorage, Umzug, type UmzugStorage } from 'umzug'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { outsideTransaction } from './sequelize.ts'

type Migration = {
  up: (db: QueryInterface) => Promise<unknown>
  down: (db: QueryInterface) => Promise<unknown>
}

export type MigrateOptions = {
  /** Absolute path; the migrations of the product unless a test has its own. */
  folder?: string
}

const here = dirname(fileURLToPath(import.meta.url))
const ownFolder = join(here, 'migrations')

/** Any number will do as long as every version of the product uses the same. */
const LOCK = 728_140_001

const underLock = async <T>(url: string, work: () => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url, application_name: 'certdesk migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    return await work()
  } finally {
    // The end of the session gives the lock back, also when this process is killed.
    await client.end()
  }
}

let typescript: NamespacedUnregister | undefined

/** Migrations are found by their names, as they stand: they are the only TypeScript a running program still reads. */
const importSource = async (path: string): Promise<unknown> => {
  typescript ??= (await import('tsx/esm/api')).register({ namespace: 'migrations' })
  return typescript.import(pathToFileURL(path).href, import.meta.url)
}

const withMigrator = async <T>(
  url: string,
  options: MigrateOptions,
  work: (umzug: Umzug<QueryInterface>) => Promise<T>,
): Promise<T> => {
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: pg,
    logging: false,
    pool: { max: 1 },
  })
  const records = new SequelizeStorage({ sequelize })
  const inOneTransaction = (
    name: string,
    record: 'logMigration' | 'unlogMigration',
    work: () => Promise<unknown>,
  ) =>
    sequelize.transaction(async () => {
      await work()
      await records[record]({ name })
    })
  // Each migration keeps its own record, in its own transaction; a second one would leave a gap between the two.
  const storage: UmzugStorage<QueryInterface> = {
    executed: () => records.executed(),
    logMigration: () => Promise.resolve(),
    unlogMigration: () => Promise.resolve(),
  }
  const umzug = new Umzug<QueryInterface>({
    context: sequelize.getQueryInterface(),
    storage,
    logger: undefined,
    migrations: {
      glob: ['*.ts', { cwd: options.folder ?? ownFolder }],
      resolve: ({ name, path, context }) => {
        const load = () => importSource(path ?? name) as Promise<Migration>
        return {
          name,
          up: () => inOneTransaction(name, 'logMigration', async () => (await load()).up(context)),
          down: () => inOneTransaction(name, 'unlogMigration', async () => (await load()).down(context)),
        }
      },
    },
  })
  try {
    return await work(umzug)
  } finally {
    await sequelize.close()
  }
}

/**
 * Applies every migration the database does not have yet, each in its own transaction, and returns their names.
 * Names are recorded as sequelize-cli records them (file name with extension, table "SequelizeMeta").
 * Processes that start together wait for the first.
 */
export const migrate = (url: string, options: MigrateOptions = {}): Promise<string[]> =>
  outsideTransaction(() =>
    underLock(url, () =>
      withMigrator(url, options, async (umzug) => {
        const applied = await umzug.up()
        return applied.map(({ name }) => name)
      }),
    ),
  )

/** Undoes every migration, last first. Only tests have a use for it. */
export const unmigrate = (url: string, options: MigrateOptions = {}): Promise<string[]> =>
  outsideTransaction(() =>
    underLock(url, () =>
      withMigrator(url, options, async (umzug) => {
        const undone = await umzug.down({ to: 0 })
        return undone.map(({ name }) => name)
      }),
    ),
  )

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = env().DATABASE_URL
  if (!url)
    throw new Error('DATABASE_URL is not set; with the embedded database "npm start" migrates by itself')
  const names = await migrate(url)
  log.info({ names }, names.length > 0 ? 'migrated' : 'nothing to migrate')
}
