/** A program is built once for each state of its sources, by however many start together, and runs under its own name. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import test from 'ava'
import { buildProgram } from '../src/build-program.mjs'

const source = 'src/db/migrate.ts'

test.serial('those who start together find one build, and later ones take it as it is', async (t) => {
  const program = await buildProgram(source)
  const folder = resolve(dirname(program), '..', '..')
  await rm(folder, { recursive: true })
  t.deepEqual(await Promise.all([buildProgram(source), buildProgram(source)]), [program, program])
  const beside = await readdir(dirname(folder))
  t.deepEqual(
    beside.filter((name) => name.startsWith(`${basename(folder)}.`)),
    [],
    'no draft is left',
  )
  const { ino } = await stat(program)
  t.is(await buildProgram(source), program)
  t.is((await stat(program)).ino, ino)
})

test.serial('a program knows that it was started, and its faults name the lines of its source', async (t) => {
  const { DATABASE_URL: _named, ...env } = process.env
  const child = spawn(process.execPath, ['src/launch.mjs', source], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number]
  t.is(code, 1)
  t.regex(said, /DATABASE_URL is not set/)
  t.regex(said, /src\/db\/migrate\.ts:\d+:\d+/)
})
