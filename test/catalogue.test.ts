/** The catalogues are complete: what is named in one place is answered in every other. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import type { Model, ModelStatic } from 'sequelize'
import { cabinetResources } from '../admin/cabinet/index.ts'
import { resources } from '../admin/resources/index.ts'
import { handlers } from '../jobs/handlers.ts'
import { jobs } from '../jobs/index.ts'
import { createRenderer } from '../src/documents/render.ts'
import { languages } from '../src/domain/language.ts'
import { accountingRequestStates } from '../src/domain/states/accounting-request.ts'
import { changeRequestStates } from '../src/domain/states/change-request.ts'
import { documentStates } from '../src/domain/states/document.ts'
import { exportStates } from '../src/domain/states/export.ts'
import { identityStates } from '../src/domain/states/identity.ts'
import { identityLetterStates } from '../src/domain/states/identity-letter.ts'
import { invitationStates } from '../src/domain/states/invitation.ts'
import { invoiceLineStates } from '../src/domain/states/invoice-line.ts'
import { invoiceStates } from '../src/domain/states/invoice.ts'
import { mailStates } from '../src/domain/states/mail.ts'
import { membershipStates } from '../src/domain/states/membership.ts'
import { orderRequestStates } from '../src/domain/states/order-request.ts'
import { outboxMessageStates } from '../src/domain/states/outbox-message.ts'
import { registerImportStates } from '../src/domain/states/register-import.ts'
import { registrationStates } from '../src/domain/states/registration.ts'
import { smsStates } from '../src/domain/states/sms.ts'
import { threadStates } from '../src/domain/states/thread.ts'
import { models } from '../src/models/associations.ts'
import { policyOf } from '../src/policies/define-policy.ts'
import { policies } from '../src/policies/index.ts'
import { topics } from '../src/queue/messages.ts'
import { documents } from '../templates/documents/index.ts'
import { mails } from '../templates/mails/index.ts'
import { isolatedDatabase } from './_support/database.ts'
import { readSources } from './_support/sources.ts'
import { keysOf } from './_support/words.ts'

const database = await isolatedDatabase()

test('every sample of every document renders', async (t) => {
  const renderer = createRenderer({ size: 1 })
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-catalogue-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  t.teardown(() => renderer.close())
  for (const document of documents) {
    const samples = Object.entries(document.samples)
    t.true(samples.length > 0, `${document.kind} has a sample`)
    for (const [name, sample] of samples) {
      const toFile = join(folder, `${document.kind}-${name}.pdf`)
      await renderer.render(document, sample, { toFile })
      t.true((await stat(toFile)).size > 1000, `${document.kind} ${name}`)
    }
  }
})

for (const mail of mails)
  for (const language of languages)
    test(`the sample of the mail ${mail.kind} reads as a letter: ${language}`, async (t) => {
      const { subject, html, text } = await mail.sample(language)
      t.regex(subject, language === 'ru' ? /[а-яё]/i : /[a-z]/i)
      for (const body of [html, text]) {
        t.true(body.length > 100)
        t.notRegex(body, /undefined|\[object Object\]|NaN|\{\{/)
      }
    })

test('a kind of mail or document is written once', (t) => {
  for (const kinds of [mails.map(({ kind }) => kind), documents.map(({ kind }) => kind)])
    t.deepEqual(kinds, [...new Set(kinds)])
})

test('every message has exactly one handler', (t) => {
  // The worker itself answers a person who starts a scheduled job by hand.
  const answered = ['job.run', ...handlers.map(({ topic }) => topic)].toSorted()
  t.deepEqual(answered, topics.toSorted())
})

const machines = {
  identities: identityStates,
  identity_letters: identityLetterStates,
  invitations: invitationStates,
  invoices: invoiceStates,
  invoice_lines: invoiceLineStates,
  accounting_requests: accountingRequestStates,
  change_requests: changeRequestStates,
  documents: documentStates,
  exports: exportStates,
  mails: mailStates,
  sms_messages: smsStates,
  memberships: membershipStates,
  order_requests: orderRequestStates,
  registrations: registrationStates,
  threads: threadStates,
  outbox: outboxMessageStates,
  register_imports: registerImportStates,
}
for (const [table, machine] of Object.entries(machines))
  test(`the states of ${table} are those its CHECK allows, and its default the first of them`, async (t) => {
    const pool = database.pool(t)
    const { rows } = await pool.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint
       where conrelid = $1::regclass and contype = 'c'`,
      [table],
    )
    const lists = rows.flatMap(({ definition }) => {
      const list = /^CHECK \(\(state = ANY \(ARRAY\[(?<list>[^\]]*)\]\)\)\)$/.exec(definition)?.groups?.[
        'list'
      ]
      return list ? [[...list.matchAll(/'([a-z_]+)'::text/g)].map(([, state]) => state).toSorted()] : []
    })
    t.deepEqual(lists, [machine.states.toSorted()])
    const initial = await pool.query<{ value: string | null }>(
      `select column_default as value from information_schema.columns where table_name = $1 and column_name = 'state'`,
      [table],
    )
    const value = initial.rows[0]?.value
    if (value) t.is(value, `'${machine.initial}'::text`)
  })

test('every model has a policy, and every table of the product a model', async (t) => {
  t.deepEqual(
    (models as readonly ModelStatic<Model>[])
      .filter((model) => policyOf(model).model !== model)
      .map(({ name }) => name),
    [],
  )
  t.is(policies.length, models.length)
  const { rows } = await database
    .pool(t)
    .query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
  const known = new Set(models.map((model) => model.getTableName()))
  // Rows that belong to the machinery, or to one parent that answers for them.
  const without = new Set(
    (
      'SequelizeMeta agenda_jobs audit_seals batches invoice_reminders job_runs notification_choices ' +
      'notification_digests outbox phone_codes recovery_codes register_import_faults register_organisations scheduled_jobs sequences sessions ' +
      'sign_in_attempts spent_challenges thread_reads'
    ).split(' '),
  )
  t.deepEqual(
    rows.map(({ name }) => name).filter((name) => !known.has(name) && !without.has(name)),
    [],
  )
})

test('every property a resource shows, asks for or filters by is one of its model', (t) => {
  const wrong = [...resources, ...cabinetResources].flatMap(({ resource, options, spec }) => {
    const attributes = resource.model.getAttributes()
    const named = [
      ...(options.listProperties ?? []),
      ...(options.showProperties ?? []),
      ...(options.editProperties ?? []),
      ...(options.filterProperties ?? []),
      spec.sort.property,
      ...(spec.show.state ? [spec.show.state] : []),
    ]
    const beside = new Set(spec.beside?.shown.map(({ property }) => property))
    return named
      .filter((name) => !(name in attributes) && !beside.has(name))
      .map((name) => `${spec.id}.${name}`)
  })
  t.deepEqual(wrong, [])
})

test('every list below a record, and every reference, leads to a resource', (t) => {
  const wrong = [resources, cabinetResources].flatMap((catalogue) => {
    const ids = new Set(catalogue.map(({ spec }) => spec.id))
    return catalogue.flatMap(({ spec }) =>
      (spec.show.children ?? [])
        .filter(({ resourceId }) => !ids.has(resourceId))
        .map(({ resourceId }) => `${spec.id} → ${resourceId}`),
    )
  })
  t.deepEqual(wrong, [])
})

test('a job has a name of its own, a description in both languages and an end', (t) => {
  const names = jobs.map(({ name }) => name)
  t.deepEqual(names, [...new Set(names)])
  for (const { name, description, timeoutMs } of jobs) {
    t.regex(description.ru, /[а-яё]/i, name)
    t.regex(description.en, /[a-z]/i, name)
    t.true(timeoutMs > 0, name)
  }
})

test('every refusal and every failure has a sentence in both languages', (t) => {
  const thrown =
    /new (?:DomainError|PermanentFailure)\(\s*'(?<thrown>[^']+)'|\bcode: '(?<fault>[a-z0-9]+(?:-[a-z0-9]+)+)'|(?:faults|errors)\[?[.\w']*\]? = '(?<set>[a-z-]+)'/g
  const codes = readSources()
    .filter(({ path }) => /^(src|admin|jobs)\//.test(path))
    .flatMap(({ text, path }) =>
      [...text.matchAll(thrown)].map(({ groups }) => ({
        path,
        code: groups?.['thrown'] ?? groups?.['fault'] ?? groups?.['set'] ?? '',
      })),
    )
  t.true(codes.length > 50, 'the search finds the codes')
  const silent = languages.flatMap((language) => {
    const keys = keysOf(language)
    return codes
      .filter(({ code }) => ![`errors.${code}`, `screens.failure.${code}`].some((key) => keys.has(key)))
      .map(({ code, path }) => `${language}: ${code} (${path})`)
  })
  t.deepEqual([...new Set(silent)], [])
})

test('the README tells every variable of the environment, and no other', async (t) => {
  const [readme, source] = await Promise.all([readFile('README.md', 'utf8'), readFile('src/env.ts', 'utf8')])
  const schema = source.slice(
    source.indexOf('z.object({'),
    source.indexOf('/** Everything the process may know'),
  )
  const known = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name).toSorted()
  const table = readme.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line))
  const told = table.flatMap((line) => (line.split('|')[1] ?? '').match(/[A-Z_]{2,}/g) ?? []).toSorted()
  t.deepEqual(told, known)
})
