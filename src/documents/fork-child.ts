/** Owns how the engine starts a helper process: TypeScript understood, nothing inherited but the machine's basics. */
import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const typescriptLoader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Starts a module of this folder. The environment is empty, so a template can never meet a secret. */
export function forkChild(module: URL, parameters: readonly string[]): ChildProcess {
  return fork(fileURLToPath(module), [...parameters], {
    execArgv: ['--import', typescriptLoader],
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
