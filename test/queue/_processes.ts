/** Starts real worker processes for tests and makes the tables their effects are counted in. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { ExecutionContext } from 'ava'
import { sequelize } from '../../src/db/sequelize.ts'
import type { WorkerPlan } from './_worker.ts'
import { programOf } from '../_support/program.ts'
import { until } from '../_support/until.ts'

const program = programOf('test/queue/_worker.ts')

export type WorkerProcess = {
  child: ChildProcess
  /** What the process told so far. */
  told: string[]
  exited: Promise<number | NodeJS.Signals>
  said: (word: string) => Promise<unknown>
}

/** A worker process on the database of DATABASE_URL; killed at the end of the test if it still lives. */
export function startProcess(
  t: ExecutionContext,
  plan: WorkerPlan,
  environment: NodeJS.ProcessEnv = {},
): WorkerProcess {
  const told: string[] = []
  const child = spawn(process.execPath, program, {
    env: { ...process.env, LOG_LEVEL: 'fatal', ...environment, WORKER_PLAN: JSON.stringify(plan) },
    // Sequelize tells the console about every connection a test cuts on purpose.
    stdio: ['ignore', 'inherit', process.env['WORKER_STDERR'] ? 'inherit' : 'ignore', 'ipc'],
  })
  child.on('message', (word: string) => told.push(word))
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)),
  )
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  })
  return {
    child,
    told,
    exited,
    said: (word) => until(async () => told.includes(word), `the worker to say "${word}"`),
  }
}

/** Keeps one worker alive as a supervisor does; resolves with the number of its deaths. */
export async function supervise(
  t: ExecutionContext,
  plan: WorkerPlan,
  settled: () => Promise<boolean>,
): Promise<number> {
  for (let deaths = 0; ;) {
    const worker = startProcess(t, plan)
    const done = new AbortController()
    const finished = until(
      async () => done.signal.aborted || (await settled()),
      'all messages to settle',
    ).then(() => true)
    const survived = await Promise.race([finished, worker.exited.then(() => false)])
    if (survived) {
      worker.child.kill('SIGTERM')
      await worker.exited
      return deaths
    }
    done.abort()
    await finished
    deaths += 1
  }
}

export const createEffectTables = () =>
  sequelize.query(`
    create table effects (id bigint generated always as identity, document_id bigint not null, worker integer);
    create table funerals (document_id bigint not null, code text not null);
    create table ticks (id bigint generated always as identity, period text, worker integer,
      at timestamptz not null default now())`)

/** One row of counts, for assertions. */
export async function counts(sql: string): Promise<Record<string, number>> {
  const [rows] = await sequelize.query(sql)
  return rows[0] as Record<string, number>
}
