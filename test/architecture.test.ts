/** Who may import whom, who alone speaks to a library, and what no file may hold; reasons are in docs/decisions. */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'ava'
import { readSources } from './_support/sources.ts'

const sources = readSources()
const programs = sources.filter(({ path }) => !/^(test|bench)\//.test(path))

/** Longest prefix wins. Each area may import itself, and the areas named here. */
const directions: Record<string, readonly string[]> = {
  'src/domain': [],
  'src/env.ts': [],
  'src/log.ts': ['src/env.ts'],
  'src/db': ['src/domain', 'src/env.ts', 'src/log.ts'],
  'src/passwords.ts': ['src/domain'],
  'src/crypto': ['src/domain', 'src/env.ts'],
  'src/models': ['src/domain', 'src/db'],
  'src/policies': ['src/domain', 'src/models'],
  'src/queries': [
    'src/domain',
    'src/db',
    'src/crypto',
    'src/models',
    'src/policies',
    'src/registers/define-register.ts',
    'src/identity/define-verifier.ts',
  ],
  'src/queue': ['src/domain', 'src/db', 'src/env.ts', 'src/log.ts'],
  'src/operations': [
    'src/domain',
    'src/db',
    'src/env.ts',
    'src/log.ts',
    'src/passwords.ts',
    'src/crypto',
    'src/models',
    'src/policies',
    'src/queries',
    'src/queue',
    'src/registers/define-register.ts',
    'src/registers/suggestions-register.ts',
    'src/registers/files/register-columns.ts',
    'src/reports/answer-workbook.ts',
  ],
  // Engines know what is to be made and nothing of whose business it is.
  'src/mail': ['src/domain'],
  'src/sms': ['src/domain'],
  'src/documents': ['src/domain'],
  'src/storage': ['src/domain', 'src/env.ts'],
  'src/reports': ['src/domain'],
  'src/reports/register.ts': ['src/domain', 'src/queries', 'src/reports'],
  'src/registers': ['src/domain'],
  'src/identity': ['src/domain'],
  'src/accounting': [
    'src/domain',
    'src/models',
    'src/policies',
    'src/queries',
    'src/operations',
    'src/reports',
  ],
  'src/http': [
    'src/domain',
    'src/db',
    'src/env.ts',
    'src/log.ts',
    'src/crypto',
    'src/models',
    'src/policies',
    'src/queries',
    'src/operations',
    'src/queue',
    'src/storage',
    'src/accounting',
    'src/registers',
    'src/identity',
    'src/reports',
    'src/documents',
    'admin/locale',
  ],
  // A page of the trial that shows samples; it borrows the frame of the pages without an account.
  'templates/previews.ts': [
    'src/domain',
    'src/mail',
    'src/documents',
    'src/http',
    'admin/locale',
    'templates',
  ],
  // A notification says the same words in a letter as on the screen.
  templates: [
    'src/domain',
    'src/queries',
    'src/mail',
    'src/sms',
    'src/documents',
    'src/reports',
    'src/accounting',
    'admin/locale',
  ],
  jobs: [
    'src/domain',
    'src/db',
    'src/env.ts',
    'src/log.ts',
    'src/crypto',
    'src/models',
    'src/policies',
    'src/queries',
    'src/operations',
    'src/queue',
    'src/storage',
    'src/accounting',
    'src/identity',
    'src/mail',
    'src/sms',
    'src/documents',
    'src/registers',
    'src/reports',
    'templates',
    'admin/locale',
  ],
  admin: [
    'src/domain',
    'src/db',
    'src/env.ts',
    'src/log.ts',
    'src/passwords.ts',
    'src/models',
    'src/policies',
    'src/queries',
    'src/operations',
    'src/accounting',
    'src/reports',
    'src/http',
  ],
  // What runs in the browser may know the shapes of the server, never its code.
  // A day, a sum and a phone are read and written the same way on a screen and on a page or paper of the server.
  'admin/components': [
    'src/domain/typed-day.ts',
    'src/domain/money.ts',
    'src/domain/phone-text.ts',
    'src/domain/errors.ts',
  ],
  'admin/components/index.ts': ['admin/components'],
  'admin/locale': ['src/domain'],
  seeders: [
    'src/domain',
    'src/db',
    'src/models',
    'src/policies',
    'src/queries',
    'src/operations',
    'src/storage',
    'src/passwords.ts',
    'jobs',
  ],
}
/** Programs put the parts together and may import any of them. */
const compositionRoots = new Set([
  'src/main.ts',
  'src/web.ts',
  'src/start-web.ts',
  'src/app.ts',
  'src/audit-verify.ts',
  'src/found-office.ts',
  'src/stop-in-order.ts',
])

const isUnder = (path: string, area: string): boolean => path === area || path.startsWith(`${area}/`)
const areas = Object.keys(directions).sort((a, b) => b.length - a.length)
const areaOf = (path: string): string | undefined => areas.find((area) => isUnder(path, area))

// A file with a rule of its own (`src/reports/register.ts`) still belongs to its folder.
const mayImport = (from: string, to: string): boolean => {
  const own = areaOf(to)
  if (own === from || isUnder(to, from) || (own !== undefined && isUnder(from, own))) return true
  return (directions[from] ?? []).some((area) => isUnder(to, area))
}

test('each area imports only what stands below it', (t) => {
  const wrong = programs
    .filter(({ path }) => !compositionRoots.has(path))
    .flatMap(({ path, imports }) => {
      const from = areaOf(path)
      return imports
        .filter(({ isOurs, isTypeOnly }) => isOurs && !isTypeOnly)
        .filter(({ to }) => from === undefined || !mayImport(from, to))
        .map(({ to }) => `${path} → ${to}`)
    })
  t.deepEqual(wrong, [])
})

test('nothing of the product imports tests, benches or, but for the first start, seeders', (t) => {
  const wrong = programs.flatMap(({ path, imports }) =>
    imports
      .filter(
        ({ to }) => /^(test|bench)\//.test(to) || (to.startsWith('seeders/') && !path.startsWith('seeders/')),
      )
      .filter(({ to }) => !(path === 'src/main.ts' && to.startsWith('seeders/')))
      .map(({ to }) => `${path} → ${to}`),
  )
  t.deepEqual(wrong, [])
})

/** Package → the only files that may run its code. Types are free. */
const soleImporters: Record<string, RegExp> = {
  agenda: /^src\/queue\/agenda\.ts$/,
  '@agendajs/mongo-backend': /^src\/queue\/agenda\.ts$/,
  '@agendajs/postgres-backend': /^src\/queue\/agenda\.ts$/,
  mongodb: /^src\/queue\/agenda\.ts$/,
  handlebars: /^src\/mail\/render\.ts$/,
  nodemailer: /^src\/mail\/transport\.ts$/,
  'csv-parse': /^src\/registers\/files\/read-csv\.ts$/,
  'csv-parse/sync': /^src\/registers\/files\/read-csv\.ts$/,
  exceljs: /^src\/reports\/xlsx-/,
  '@myriaddreamin/typst-ts-node-compiler': /^src\/documents\/render-child\.ts$/,
  '@cantoo/pdf-lib': /^src\/documents\/merge-child\.ts$/,
  qrcode: /^src\/documents\/qr\.ts$/,
  '@node-rs/argon2': /^src\/passwords\.ts$/,
  '@simplewebauthn/server': /^src\/http\/sign-in\/webauthn\.ts$/,
  '@zxcvbn-ts/language-common': /^src\/crypto\/common-passwords\.ts$/,
  otpauth: /^src\/crypto\/one-time-code\.ts$/,
  'file-type': /^src\/storage\/detect-type\.ts$/,
  // A folder takes files as they stream in, a form is read whole: each reader sets limits of its own.
  busboy: /^src\/http\//,
  'express-session': /^src\/http\/sessions\.ts$/,
  'connect-pg-simple': /^src\/http\/sessions\.ts$/,
  'prom-client': /^src\/http\/metrics\.ts$/,
  pino: /^src\/log\.ts$/,
  umzug: /^src\/db\/migrate\.ts$/,
  'pg-cursor': /^src\/queries\//,
  'libphonenumber-js/max': /^src\/domain\/requisites\/contacts\.ts$/,
  esbuild: /^admin\/bundle\.ts$/,
  'subset-font': /^admin\/bundle\.ts$/,
  adminjs: /^admin\//,
  '@adminjs/sequelize': /^admin\/adapter\.ts$/,
}

test('a library has one importer', (t) => {
  const wrong = programs.flatMap(({ path, imports }) =>
    imports
      .filter(({ to, isTypeOnly }) => !isTypeOnly && to in soleImporters && !soleImporters[to]?.test(path))
      .map(({ to }) => `${path} → ${to}`),
  )
  t.deepEqual(wrong, [])
})

test('only src/env.ts reads the environment of the product', (t) => {
  const readers = programs.filter(({ text }) => /(?<!['`])process\.env\b/.test(text))
  t.deepEqual(
    readers.map(({ path }) => path),
    ['src/env.ts'],
  )
})

const forbidden: readonly [rule: string, breaks: (text: string, path: string) => boolean][] = [
  ['no default export', (text) => /^export (default|\{[^}]*\bas default\b)/m.test(text)],
  ['no enum', (text) => /^(export )?(const )?enum /m.test(text)],
  ['no note of work to be done', (text) => /\b(TOD[O]|FIXM[E])\b(?!\))/.test(text)],
  ['a kebab-case name', (_, path) => !/^_?[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(basename(path))],
  ['a name that says what it is', (_, path) => /(utils?|helpers?|manager|service)\.tsx?$/.test(path)],
  ['at most 400 lines', (text, path) => !path.startsWith('test/') && text.split('\n').length > 401],
  // The titles of a test are its sentences.
  ['an opening sentence', (text, path) => !path.endsWith('.test.ts') && !/^\/\*\*\s+\S/.test(text)],
]
for (const [rule, breaks] of forbidden) {
  test(`every file keeps the rule: ${rule}`, (t) => {
    t.deepEqual(
      sources.filter(({ text, path }) => breaks(text, path)).map(({ path }) => path),
      [],
    )
  })
}

test('colours come from the tokens', (t) => {
  const folder = 'admin/components'
  const wrong = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|tsx?)$/.test(name) && !name.endsWith('tokens.css'))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n')
      const raw = /#[0-9a-f]{3}\b|#[0-9a-f]{6}\b|\b(rgb|hsl)a?\(/i
      return lines.flatMap((line, at) => (raw.test(line) ? [`${name}:${at + 1} ${line.trim()}`] : []))
    })
  t.deepEqual(wrong, [])
})
