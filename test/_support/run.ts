/** `npm test`: everything compiled once, one PostgreSQL for the run, AVA with the given arguments, and the count as the last line. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { compile, compiledName } from './compile.ts'
import { browserPath, hasBrowserTests } from './prepare.ts'
import { startTestServer } from './server.ts'

type Count = { passed: number; failed: number; failures: string[] }

const RESULT = /^(?<not>not )?ok \d+ - (?<title>.*?)(?: # (?<directive>SKIP|TODO).*)?$/
const BOOKKEEPING = /^(TAP version \d+|1\.\.\d+|# (tests|pass|skip|fail) \d+)$/

const mark = (not: string | undefined, directive: string | undefined): string => {
  if (directive) return '-'
  return not ? '✘' : '✔'
}

/** Turns the Test Anything Protocol into lines a person reads, and counts what it says: skipped tests count as neither. */
const retell = async (child: ChildProcess, count: Count): Promise<void> => {
  if (!child.stdout) throw new Error('AVA was started without an output to read')
  let failing = false
  for await (const line of createInterface({ input: child.stdout })) {
    const result = RESULT.exec(line)?.groups
    if (result) {
      const { not, title = '', directive } = result
      console.log(`${mark(not, directive)} ${title}${directive ? ` (${directive.toLowerCase()})` : ''}`)
      if (!directive) count[not ? 'failed' : 'passed']++
      failing = Boolean(not) && !directive
      if (failing) count.failures.push(`✘ ${title}`)
    } else if (line && !BOOKKEEPING.test(line)) {
      console.log(line)
      if (failing) count.failures.push(line)
    }
  }
}

const avaProgram = (): string => {
  const entry = createRequire(import.meta.url).resolve('ava')
  return join(dirname(entry), 'cli.mjs')
}

/**
 * The arguments of AVA: files are named as sources, and found compiled in the folder; without any, all of the folder,
 * and never what another run, or one that was killed, has beside it.
 */
const argumentsIn = (folder: string, given: readonly string[]): string[] => {
  const end = given.includes('--') ? given.indexOf('--') : given.length
  const isFile = (one: string) => one.startsWith('test/')
  const own = given.slice(0, end)
  const all = own.some(isFile) ? [] : [join(folder, 'test')]
  return [
    ...own.map((one) => (isFile(one) ? join(folder, compiledName(one)) : one)),
    ...all,
    ...given.slice(end),
  ]
}

const runAva = async (folder: string, environment: NodeJS.ProcessEnv, count: Count): Promise<number> => {
  const child = spawn(
    process.execPath,
    [avaProgram(), '--tap', ...argumentsIn(folder, process.argv.slice(2))],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  await retell(child, count)
  return ended
}

const main = async (): Promise<number> => {
  const count: Count = { passed: 0, failed: 0, failures: [] }
  const browser = (await hasBrowserTests()) ? { CHROMIUM_PATH: await browserPath() } : {}
  const server = await startTestServer()
  await mkdir('var', { recursive: true })
  const folder = await mkdtemp(resolve('var', 'tests-'))
  let code = 1
  try {
    await compile(folder)
    const own = { TEST_DATABASE_URL: server.url, DATA_DIR: join(folder, 'data'), COMPILED_DIR: folder }
    code = await runAva(folder, { ...process.env, ...browser, ...own }, count)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
    // A crash before the first test is a failure too, though no test says so.
    if (code !== 0 && count.failed === 0) count.failed = 1
    // Said once more where a long run is read first: at its end.
    if (count.failures.length > 0) console.log(`\nFailed:\n${count.failures.join('\n')}\n`)
    console.log(`${count.passed} passed, ${count.failed} failed`)
  }
  return code
}

process.exitCode = await main()
