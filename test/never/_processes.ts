/** Starts, kills and replaces the worker processes of these tests, and asks the database how far they are. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { ExecutionContext } from 'ava'
import { rows } from '../../src/queries/rows.ts'
import type { Policy, Topic } from '../../src/queue/messages.ts'
import type { WorkerPlan } from './_worker.ts'
import { programOf } from '../_support/program.ts'
import { until } from '../_support/until.ts'

const program = programOf('test/never/_worker.ts')

/** Leases and pauses short enough for a test, claims small enough to be cut in the middle. */
export const hasty: Policy = {
  backOff: { attempts: 8, delays: [0.2] },
  leaseSeconds: 3,
  batchSize: 20,
  onCrash: 'retry',
}

export type WorkerProcess = {
  child: ChildProcess
  ready: Promise<void>
  exited: Promise<number | NodeJS.Signals>
  /** Asks it to stop; resolves with how it ended. */
  stop: () => Promise<number | NodeJS.Signals>
}

/** A worker process on the database of DATABASE_URL; killed at the end of the test if it still lives. */
export function startProcess(
  t: ExecutionContext,
  plan: WorkerPlan,
  environment: NodeJS.ProcessEnv = {},
): WorkerProcess {
  const child = spawn(process.execPath, program, {
    env: { ...process.env, LOG_LEVEL: 'fatal', ...environment, WORKER_PLAN: JSON.stringify(plan) },
    // Sequelize tells the console about every connection a test cuts on purpose.
    stdio: ['ignore', 'inherit', process.env['WORKER_STDERR'] ? 'inherit' : 'ignore', 'ipc'],
  })
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)),
  )
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()))
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  })
  return {
    child,
    ready,
    exited,
    stop: () => {
      child.kill('SIGTERM')
      return exited
    },
  }
}

/** The first row of a query whose columns are counts. */
export async function counts<Name extends string>(sql: string): Promise<Record<Name, number>> {
  const [first] = await rows<Record<Name, number>>(sql)
  if (!first) throw new Error('a count has a row')
  return first
}

/** Messages of a topic nobody has ended yet. */
export const unsettled = async (topic: Topic): Promise<number> =>
  (
    await counts<'n'>(
      `select count(*)::integer as n from outbox where topic = '${topic}' and state in ('new', 'work')`,
    )
  ).n

export const allSettled = (topic: Topic) =>
  until(async () => (await unsettled(topic)) === 0, `all messages ${topic} to settle`)
