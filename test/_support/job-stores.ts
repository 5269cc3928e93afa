/** The two places Agenda may keep its clock in, and how a test makes either of them lose its memory. */
import type { ExecutionContext } from 'ava'
import { MongoClient } from 'mongodb'
import { row, rows } from '../../src/queries/rows.ts'
import { patiently } from './mongod.ts'

export type TestStore = {
  environment: NodeJS.ProcessEnv
  entries: () => Promise<number>
  wipe: () => Promise<unknown>
}

export const inPostgres: TestStore = {
  environment: { JOBS_URL: '' },
  entries: async () => (await row<{ n: number }>('select count(*)::integer as n from agenda_jobs'))?.n ?? 0,
  wipe: () => rows('delete from agenda_jobs'),
}

export function inMongo(t: ExecutionContext, url: string): TestStore {
  const client = new MongoClient(url)
  t.teardown(() => client.close())
  return {
    environment: { JOBS_URL: url },
    entries: () => patiently(() => client.db().collection('agenda_jobs').countDocuments()),
    wipe: () => patiently(() => client.db().dropDatabase()),
  }
}
