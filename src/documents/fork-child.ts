/** Owns how the engine starts a helper process: built as the program itself, nothing inherited but the machine's basics. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../launch.mjs', import.meta.url))

/** Starts a module of this folder. The environment is empty, so a template can never meet a secret. */
export function forkChild(module: URL, parameters: readonly string[]): ChildProcess {
  return fork(launcher, [fileURLToPath(module), ...parameters], {
    // Nothing of how the parent was started: no inspector, no loader.
    execArgv: [],
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

/** Keeps the last words a process said on its error stream, for the log of its death. */
export function lastWords(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    words = (words + chunk).slice(-2000)
  })
  return () => words.trim()
}
