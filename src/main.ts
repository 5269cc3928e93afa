/** The program `npm start`: everything in one process, with a PostgreSQL of its own when no other is named. */
import { QueryTypes } from 'sequelize'
import type { Worker } from '../jobs/worker.ts'
import { demoLogins, demoPassword } from '../seeders/demo/logins.ts'
import { seedReferenceData } from '../seeders/reference-data.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { closeDatabase } from './db/pool.ts'
import { connectDatabase, databaseUrl, sequelize } from './db/sequelize.ts'
import { env, moveToPort } from './env.ts'
import { freePort } from './free-port.ts'
import { stopInOrder } from './stop-in-order.ts'

const isEmpty = async (): Promise<boolean> => {
  const [row] = await sequelize.query<{ empty: boolean }>('select not exists (select from users) as empty', {
    type: QueryTypes.SELECT,
  })
  return row?.empty ?? false
}

async function prepareDatabase(): Promise<EmbeddedPostgres | undefined> {
  const embedded = env().DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataDir: env().DATA_DIR })
  if (embedded) connectDatabase(embedded.url)
  await migrate(databaseUrl())
  await seedReferenceData()
  // The demo office belongs to a trial on this machine, never to a database somebody named.
  if (embedded && (await isEmpty())) await (await import('../seeders/demo-office.ts')).seedDemoOffice()
  return embedded
}

// A trial must not fail because something else has the port; a named installation must not move by itself.
if (!env().DATABASE_URL) moveToPort(await freePort(env().PORT, env().HOST))

// PostgreSQL starts while the program is being read: together they take as long as the slower of the two.
const [embedded, { startWeb }] = await Promise.all([prepareDatabase(), import('./start-web.ts')])
const web = await startWeb({ isTrial: embedded !== undefined })

let worker: Worker | undefined
stopInOrder([
  () => web.stop(),
  async () => worker?.stop(),
  closeDatabase,
  async () => {
    await embedded?.stop()
  },
])

// People may sign in already; unattended work can wait for the rest of the program.
const [{ startWorker }, { handlers }, { jobs }] = await Promise.all([
  import('../jobs/worker.ts'),
  import('../jobs/handlers.ts'),
  import('../jobs/index.ts'),
])
worker = startWorker({ handlers, jobs })

const isDemo = embedded !== undefined && env().NODE_ENV !== 'production'
const lines = [
  `certdesk: ${web.url}/admin`,
  ...(isDemo
    ? [
        '',
        'Demo sign-in, the same password for all:',
        ...Object.entries(demoLogins).flatMap(([root, logins]) => [
          `  ${web.url}${root}`,
          ...logins.map(({ role, email }) => `    ${role.padEnd(14)} ${email}`),
        ]),
        `  password         ${demoPassword}`,
      ]
    : []),
  ...(env().SMTP_URL ? [] : ['', `Mail is not sent but kept: ${web.url}/outbox`]),
]
console.log(lines.join('\n'))
