import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { EnvironmentError, loadEnv } from '../src/env.ts'

const folder = async (t: ExecutionContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'certdesk-env-'))
  t.teardown(() => rm(path, { recursive: true }))
  return path
}

const production = (dataDir: string) => ({
  NODE_ENV: 'production',
  DATA_DIR: dataDir,
  DATABASE_URL: 'postgres://certdesk:pw@db/certdesk',
  SMTP_URL: 'smtps://user:pw@mail.example.org',
  PUBLIC_URL: 'https://desk.example.org/',
  SESSION_SECRET: 'hK2v9sQx7LmZ4tRb1WnYc8EfGj6PdUa3',
  LINK_SECRET: 'Zt7bQm2XkV9sLw4RyN1cHf8GjE6pDaU5',
  DATA_KEYS: '2026:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=',
})

const faultsOf = (t: ExecutionContext, source: NodeJS.ProcessEnv): string =>
  t.throws(() => loadEnv(source), { instanceOf: EnvironmentError })?.message ?? ''

test('nothing needs to be set to try the product', async (t) => {
  const dataDir = await folder(t)
  const env = loadEnv({ DATA_DIR: dataDir })
  t.is(env.NODE_ENV, 'development')
  t.is(env.DATABASE_URL, undefined)
  t.is(env.TIMEZONE, 'Europe/Moscow')
  t.is(env.STORAGE_DIR, join(dataDir, 'storage'))
  t.is(env.PUBLIC_URL, 'http://localhost:3000')
})

test('secrets are made once, kept for their owner only, and differ', async (t) => {
  const dataDir = await folder(t)
  const first = loadEnv({ DATA_DIR: dataDir })
  const second = loadEnv({ DATA_DIR: dataDir })
  t.is(first.SESSION_SECRET, second.SESSION_SECRET)
  t.is(first.LINK_SECRET, second.LINK_SECRET)
  t.not(first.SESSION_SECRET, first.LINK_SECRET)
  t.is((await stat(join(dataDir, 'secrets.json'))).mode & 0o777, 0o600)
})

test('all faults are told at once', async (t) => {
  const message = faultsOf(t, {
    DATA_DIR: await folder(t),
    PORT: 'eighty',
    DATABASE_URL: 'mysql://localhost',
    TIMEZONE: 'Moscow',
    SESSION_SECRET: 'short',
    TRUST_PROXY: 'true',
  })
  for (const name of ['PORT', 'DATABASE_URL', 'TIMEZONE', 'SESSION_SECRET', 'TRUST_PROXY']) {
    t.regex(message, new RegExp(`^${name}: `, 'm'))
  }
  t.regex(message, /5 faults/)
})

test('an empty value is an absent one', async (t) => {
  t.is(loadEnv({ DATA_DIR: await folder(t), PORT: '', SMTP_URL: '' }).PORT, 3000)
})

test('a complete production environment passes', async (t) => {
  const env = loadEnv(production(await folder(t)))
  t.is(env.PUBLIC_URL, 'https://desk.example.org')
})

test('production wants its own secrets, mail, address and database', async (t) => {
  const dataDir = await folder(t)
  const message = faultsOf(t, { NODE_ENV: 'production', DATA_DIR: dataDir })
  for (const name of [
    'DATABASE_URL',
    'SMTP_URL',
    'PUBLIC_URL',
    'SESSION_SECRET',
    'LINK_SECRET',
    'DATA_KEYS',
  ]) {
    t.regex(message, new RegExp(`^${name}: `, 'm'))
  }
  await t.throwsAsync(readFile(join(dataDir, 'data-keys.json')), { code: 'ENOENT' })
  await t.throwsAsync(readFile(join(dataDir, 'secrets.json')), { code: 'ENOENT' })
})

test('production refuses the development secrets of the same folder', async (t) => {
  const dataDir = await folder(t)
  const development = loadEnv({ DATA_DIR: dataDir })
  const message = faultsOf(t, { ...production(dataDir), SESSION_SECRET: development.SESSION_SECRET })
  t.regex(message, /SESSION_SECRET: is the development secret/)
})

test('production refuses a regular secret and the same one twice', async (t) => {
  const dataDir = await folder(t)
  t.regex(
    faultsOf(t, { ...production(dataDir), LINK_SECRET: 'abc'.repeat(20) }),
    /LINK_SECRET: is too regular/,
  )
  const { SESSION_SECRET } = production(dataDir)
  t.regex(faultsOf(t, { ...production(dataDir), LINK_SECRET: SESSION_SECRET }), /LINK_SECRET: must differ/)
})

test('the keys of sealed data are made once and kept for their owner only', async (t) => {
  const dataDir = await folder(t)
  const [first, second] = [loadEnv({ DATA_DIR: dataDir }), loadEnv({ DATA_DIR: dataDir })]
  t.deepEqual(first.DATA_KEYS, second.DATA_KEYS)
  t.is(first.DATA_KEYS[0]?.key.length, 32)
  t.is((await stat(join(dataDir, 'data-keys.json'))).mode & 0o777, 0o600)
})

test('a ring of keys is read in its order', async (t) => {
  const [a, b] = [Buffer.alloc(32, 'one'), Buffer.alloc(32, 'two')]
  const ring = `new:${a.toString('base64')},old:${b.toString('base64')}`
  t.deepEqual(loadEnv({ DATA_DIR: await folder(t), DATA_KEYS: ring }).DATA_KEYS, [
    { id: 'new', key: a },
    { id: 'old', key: b },
  ])
})

test('a short key, a nameless one and two of one name are refused', async (t) => {
  const key = Buffer.alloc(32, 'key').toString('base64')
  for (const ring of ['a:c2hvcnQ=', key, `a:${key},a:${key}`, `a:${key},`]) {
    t.regex(faultsOf(t, { DATA_DIR: await folder(t), DATA_KEYS: ring }), /^DATA_KEYS: must/m)
  }
})

test('production refuses the development key of the same folder and a regular one', async (t) => {
  const dataDir = await folder(t)
  const [trial] = loadEnv({ DATA_DIR: dataDir }).DATA_KEYS
  const own = `a:${trial?.key.toString('base64')}`
  t.regex(faultsOf(t, { ...production(dataDir), DATA_KEYS: own }), /DATA_KEYS: «a» is the development key/)
  const plain = `a:${Buffer.alloc(32, 'ab').toString('base64')}`
  t.regex(faultsOf(t, { ...production(dataDir), DATA_KEYS: plain }), /DATA_KEYS: «a» is too regular/)
})

test('a secrets file that is not ours to read is not overwritten', async (t) => {
  const dataDir = await folder(t)
  await writeFile(join(dataDir, 'secrets.json'), 'broken')
  t.throws(() => loadEnv({ DATA_DIR: dataDir }), { instanceOf: SyntaxError })
  t.is(await readFile(join(dataDir, 'secrets.json'), 'utf8'), 'broken')
})
