/** Another web process beside the one of the test, on the same database. */
import { type ChildProcess, spawn } from 'node:child_process'
import test from 'ava'
import { programOf } from '../_support/program.ts'

const program = programOf('test/http/_web.ts')

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** Call once per file, on the top level, after the database; tells where it listens. */
export function startSecondProcess(): () => string {
  let child: ChildProcess | undefined
  let url = ''
  const stop = async () => {
    if (!child) return
    child.kill('SIGTERM')
    const impatience = setTimeout(() => child?.kill('SIGKILL'), 8000)
    await ended(child)
    clearTimeout(impatience)
  }
  // Hooks of success run before those that always run, and it must be gone when its database is dropped.
  test.after('the second process stops', stop)
  test.after.always('the second process has stopped', stop)
  test.before('a second process starts', async () => {
    const started = (child = spawn(process.execPath, program, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }))
    url = await new Promise<string>((resolve, reject) => {
      started.once('message', (said: string) => resolve(said))
      started.once('exit', (code) => reject(new Error(`the second process ended at its start with ${code}`)))
    })
  })
  return () => url
}
