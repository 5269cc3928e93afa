import test from 'ava'
import type { CreationAttributes } from 'sequelize'
import { cabinetResources } from '../../admin/cabinet/index.ts'
import { resources } from '../../admin/resources/index.ts'
import { translate } from '../../admin/locale/index.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { asRequest } from '../../src/http/current-request.ts'
import { Export } from '../../src/models/export.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { operation } from '../../src/operations/operation.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorFor,
  actorOf,
  as,
  buildClient,
  buildContract,
  buildDraftInvoice,
  buildEmployee,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildProduct,
  buildStoredFile,
  buildUser,
  testNow,
} from '../_support/factories.ts'
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn } = startBackOffice()

const api = '/admin/api/resources'
const list = (resource: string, query = '') => `${api}/${resource}/actions/list${query}`

async function operatorOf(office: Organisation): Promise<Browser> {
  const { email } = await buildUser({ office, role: 'operator' })
  return signIn(email)
}

test('a list is a page in a stable order with a counted total', async (t) => {
  const office = await buildOffice()
  for (let made = 0; made < 5; made++) await buildOrganisation({ office })
  const operator = await operatorOf(office)
  const ids: string[] = []
  for (const page of [1, 2, 3]) {
    const { body } = await operator.get(
      list('organisations', `?perPage=2&page=${page}&sortBy=name&direction=asc`),
    )
    ids.push(...(body.records ?? []).map(({ id }) => id))
    t.false(body.meta?.isCapped)
  }
  t.is(new Set(ids).size, ids.length)
  t.true(ids.length >= 5)
})

test('a name is found by a fragment in any case, with ё as е and without quotes', async (t) => {
  const office = await buildOffice()
  const { id } = await buildOrganisation({ office, name: 'ООО «Ёлочные Огни» 100%' })
  const operator = await operatorOf(office)
  for (const words of ['ЕЛОЧН', 'ооо елочные огни', 'огни" 100%']) {
    const { body } = await operator.get(list('organisations', `?filters.name=${encodeURIComponent(words)}`))
    t.deepEqual(
      body.records?.map((record) => record.id),
      [String(id)],
      words,
    )
  }
  const { body } = await operator.get(
    list('organisations', `?filters.name=${encodeURIComponent('огни%нет')}`),
  )
  t.deepEqual(body.records, [])
})

test('where words are looked for, counting stops at a thousand and the pages stay in order', async (t) => {
  const office = await buildOffice()
  await sequelize.query(
    `insert into organisations (office_id, country, kind, roles, name, state)
     select $1, 'RU', 'legal', '{client}', 'ООО «Маяк ' || n || '»', 'draft' from generate_series(1, 1001) as n`,
    { bind: [office.id] },
  )
  const operator = await operatorOf(office)
  const asked = (words: string, page: number) =>
    operator.get(list('organisations', `?filters.name=${encodeURIComponent(words)}&perPage=500&page=${page}`))
  const few = await asked('маяк 1001', 1)
  t.deepEqual([few.body.meta?.total, few.body.meta?.isCapped], [1, false])
  const pages = [await asked('маяк', 1), await asked('маяк', 2), await asked('маяк', 3)]
  for (const { body } of pages) t.deepEqual([body.meta?.total, body.meta?.isCapped], [1000, true])
  const ids = pages.map(({ body }) => body.records?.map(({ id }) => Number(id)) ?? [])
  const newest = ids.slice(0, 2).flat()
  t.is(new Set(newest).size, 1000)
  t.deepEqual(
    newest,
    newest.toSorted((one, other) => other - one),
  )
  t.deepEqual(ids[2], ids[1], 'the last page there is answers for those behind it')
  const { body } = await operator.get(list('organisations'))
  t.deepEqual(
    [body.meta?.total, body.meta?.isCapped],
    [await Organisation.count({ where: { officeId: office.id } }), false],
  )
})

test('a piece read from an index and a piece met in the order of the list stand on the same pages', async (t) => {
  const office = await buildOffice()
  await sequelize.query(
    `insert into organisations (office_id, country, kind, roles, name, state)
     select $1, 'RU', 'legal', '{client}', 'ООО «Прибой ' || n % 90 || '»', 'draft' from generate_series(1, 1100) as n`,
    { bind: [office.id] },
  )
  const found = resources.find(({ spec }) => spec.id === 'organisations')
  const actor = actorFor('operator', office)
  const principal = { actor, signedIn: {} as never, mustChangePassword: false, mustEnrol: false }
  // A table this small is read from its beginning, unless that is made dear.
  const asked = (reading: 'on' | 'off', name: string, sortBy: string) =>
    sequelize.transaction(async () => {
      await sequelize.query(`set local enable_seqscan = ${reading}`)
      const query = { 'filters.name': name, perPage: 10, page: 2, sortBy, direction: 'asc' }
      const page = await asRequest({ principal, actor, now: testNow, ip: '' }, () =>
        found?.resource.page(query),
      )
      return { ids: page?.records.map((record) => record.id()), meta: page?.meta }
    })
  for (const name of ['прибой', 'прибой 71'])
    for (const sortBy of ['id', 'name']) {
      const inOrder = await asked('on', name, sortBy)
      t.is(inOrder.ids?.length, name === 'прибой' ? 10 : 2, `${name} by ${sortBy}`)
      t.deepEqual(await asked('off', name, sortBy), inOrder, `${name} by ${sortBy}`)
    }
})

test('the file of a record is offered to whoever may have it, once it is there', async (t) => {
  const office = await buildOffice()
  const author = await buildUser({ office, role: 'accountant' })
  const file = await buildStoredFile(office)
  const order = operation('test.build', (_context, values: Partial<CreationAttributes<Export>>) =>
    Export.create({ officeId: office.id, report: 'register', ...values }),
  )
  const ready = await order(as(actorOf(author)), { state: 'ready', fileId: file.id, expiresAt: testNow })
  await order(as(actorOf(author)), { state: 'running' })
  const offered = async (browser: Browser) => {
    const { body } = await browser.get(list('exports', '?sortBy=id&direction=asc'))
    return body.records?.map((record) => record.file)
  }
  const accountant = await signIn(author.email)
  t.deepEqual(await offered(accountant), ['export', null])
  const shown = await accountant.get(`${api}/exports/records/${ready.id}/show`)
  t.is(shown.body.record?.file, 'export')
  t.deepEqual(await offered(await operatorOf(office)), [])
})

test('a filter by a hidden or unknown column is refused in words, not with a crash', async (t) => {
  const operator = await operatorOf(await buildOffice())
  for (const property of ['searchName', 'passwordHash', 'nothing']) {
    const { status, body } = await operator.get(list('organisations', `?filters.${property}=a`))
    t.is(status, 200)
    t.is(body.notice?.message, 'errors.bad-filter')
  }
})

test('another office is not there: not in lists, not by key, not in searches, not as a reference', async (t) => {
  const foreign = await buildOrganisation({ office: await buildOffice(), name: 'Чужая организация' })
  const operator = await operatorOf(await buildOffice())
  const shown = await operator.get(`${api}/organisations/records/${foreign.id}/show`)
  t.is(shown.body.notice?.message, 'errors.not-found')
  const found = await operator.get(`${api}/organisations/actions/search/${encodeURIComponent('Чужая')}`)
  t.deepEqual(found.body.records, [])
  const made = await operator.post(`${api}/employees/actions/new`, {
    organisationId: foreign.id,
    surname: 'Чужой',
    name: 'Человек',
  })
  t.is(made.body.record?.errors['organisationId']?.message, 'errors.reference-not-found')
  for (const { text } of [shown, found, made]) t.notRegex(text, /Чужая организация/)
})

test('what the policy does not let be written is dropped', async (t) => {
  const office = await buildOffice()
  const other = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await operatorOf(office)
  const { body } = await operator.post(`${api}/organisations/records/${organisation.id}/edit`, {
    version: organisation.version,
    comment: 'новый',
    officeId: other.id,
    state: 'blocked',
    createdBy: 1,
  })
  t.is(body.notice?.message, 'notices.saved')
  const after = await organisation.reload()
  t.is(after.comment, 'новый')
  t.is(after.officeId, office.id)
  t.not(after.state, 'blocked')
})

test('a form opened before somebody else saved is refused, and one without a version too', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await operatorOf(office)
  const save = (comment: string, version?: number) =>
    operator.post(`${api}/organisations/records/${organisation.id}/edit`, { comment, version })
  const { version } = organisation
  t.is((await save('первый', version)).body.notice?.type, 'success')
  t.is((await save('второй', version)).body.notice?.message, 'errors.stale-record')
  t.is((await save('третий')).body.notice?.message, 'errors.stale-record')
  t.is((await organisation.reload()).comment, 'первый')
})

test('an emptied field becomes nothing', async (t) => {
  const office = await buildOffice()
  const { organisation } = await (async () => {
    const made = await buildOrganisation({ office })
    return { organisation: made }
  })()
  const contract = await buildContract({ organisation })
  const operator = await operatorOf(office)
  const { body } = await operator.post(`${api}/contracts/records/${contract.id}/edit`, {
    version: contract.version,
    validTo: '',
    subject: '__FORM_VALUE_NULL__',
  })
  t.is(body.notice?.type, 'success')
  const after = await contract.reload()
  t.is(after.validTo, null)
  t.is(after.subject, null)
})

test('faults stand at their fields and keep what was typed out of the database', async (t) => {
  const office = await buildOffice()
  const contract = await buildContract({ organisation: await buildOrganisation({ office }) })
  const operator = await operatorOf(office)
  const { body } = await operator.post(`${api}/contracts/records/${contract.id}/edit`, {
    version: contract.version,
    number: '',
    signedOn: '31.12.2026',
    validTo: '2020-01-01',
  })
  t.is(body.notice?.message, 'errors.invalid')
  t.is(body.record?.errors['number']?.message, 'errors.required')
  t.is(body.record?.errors['signedOn']?.message, 'errors.bad-day')
})

/** What no field of this kind can hold, and what is said beside it. */
const foreignValues: Readonly<Record<string, readonly (readonly [unknown, string])[]>> = {
  choice: [
    ['no-such-choice', 'bad-value'],
    [{ a: 1 }, 'bad-value'],
  ],
  day: [
    ['завтра', 'bad-day'],
    ['2026-02-30', 'bad-day'],
    ['2026-1-1', 'bad-day'],
  ],
  instant: [
    ['завтра', 'bad-day'],
    ['2026-02-30T00:00:00Z', 'bad-day'],
    ['99999-01-01', 'bad-day'],
  ],
  number: [
    ['много', 'bad-number'],
    ['1.5', 'bad-whole-number'],
    ['3000000000', 'out-of-bounds'],
  ],
  percent: [
    ['много', 'bad-number'],
    ['1e3', 'bad-number'],
  ],
  money: [
    ['много', 'bad-number'],
    ['1.5', 'bad-number'],
    ['-', 'bad-number'],
  ],
  reference: [
    ['много', 'reference-not-found'],
    ['999999999999999', 'reference-not-found'],
    ['1.5', 'reference-not-found'],
  ],
  flag: [['maybe', 'bad-value']],
  list: [[['no-such-choice'], 'bad-value']],
  text: [
    [{ a: 1 }, 'bad-value'],
    [[1, 2], 'bad-value'],
  ],
}

test('whatever is posted for a field of any form, a value it cannot hold is told beside it', async (t) => {
  const office = await buildOffice()
  const { email } = await buildUser({ office, role: 'administrator' })
  const client = await buildClient({ organisation: await buildOrganisation({ office }) })
  const sides = [
    { root: '/admin', all: resources, person: await signIn(email) },
    { root: '/cabinet', all: cabinetResources, person: await signIn(client.user.email, 'client') },
  ]
  const tried = new Set<string>()
  for (const { root, all, person } of sides) {
    for (const { spec, resource } of all) {
      if (!spec.form || !spec.keep?.create) continue
      for (const field of spec.form.flatMap(({ fields }) => fields)) {
        const name = typeof field === 'string' ? field : field.property
        const property = resource.property(name)
        if (!property) throw new Error(`${spec.id} has no ${name}`)
        const { as } = (property as unknown as { shown: { as: string } }).shown
        const isChosen = property.availableValues() !== null
        const kind = isChosen && as !== 'list' ? 'choice' : as === 'long' || as === 'code' ? 'text' : as
        if (kind === 'list' && !isChosen) continue
        for (const [value, code] of foreignValues[kind] ?? []) {
          const path = `${root}/api/resources/${spec.id}/actions/new`
          const { status, body } = await person.post(path, { [name]: value })
          const told = body.record?.errors[name]?.message
          t.deepEqual(
            [status, told],
            [200, `errors.${code}`],
            `${spec.id}.${name} (${kind}) ${JSON.stringify(value)}`,
          )
          tried.add(kind)
        }
      }
    }
  }
  t.deepEqual([...tried].toSorted(), Object.keys(foreignValues).toSorted())
  for (const language of ['ru', 'en'] as const)
    for (const code of ['bad-value', 'bad-whole-number', 'out-of-bounds'])
      t.not(translate(language, `errors.${code}`), `errors.${code}`)
})

test('a value the database alone knows to be impossible stands beside its field too', async (t) => {
  const office = await buildOffice()
  const { email } = await buildUser({ office, role: 'administrator' })
  const administrator = await signIn(email)
  const product = await buildProduct({ office })
  const errors = async (path: string, payload: object) =>
    Object.fromEntries(
      Object.entries((await administrator.post(path, payload)).body.record?.errors ?? {}).map(
        ([name, { message }]) => [name, message],
      ),
    )
  const form = `${api}/products/records/${product.id}/edit`
  const { version } = product
  t.deepEqual(await errors(form, { version, seats: '0' }), { seats: 'errors.out-of-bounds' })
  t.deepEqual(await errors(form, { version, priceMinor: '-1' }), { priceMinor: 'errors.out-of-bounds' })
  t.deepEqual(await errors(form, { version, name: 'Ключ\u0000' }), {}, 'a zero byte is left out')

  const { invoice } = await buildDraftInvoice({ office, products: [product] })
  const lines = [
    { productId: 'много', quantity: '1' },
    { productId: product.id, quantity: '0', priceMinor: 'даром', validFrom: '2026-02-30' },
  ]
  const draft = `${api}/invoices/records/${invoice.id}/edit`
  t.deepEqual(await errors(draft, { version: invoice.version, lines: JSON.stringify(lines) }), {
    'lines.0.productId': 'errors.reference-not-found',
    'lines.1.quantity': 'errors.out-of-bounds',
    'lines.1.priceMinor': 'errors.bad-number',
    'lines.1.validFrom': 'errors.bad-day',
  })
  for (const broken of ['[{', '{}'])
    t.deepEqual(await errors(draft, { version: invoice.version, lines: broken }), {
      lines: 'errors.bad-value',
    })
})

test('an instant is filtered by the days of its reader', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await operatorOf(office)
  // 23:30 in Moscow on the 10th is 20:30 in Greenwich, still the 10th; 00:30 on the 11th is the 10th in Greenwich.
  await db
    .pool(t)
    .query(`update organisations set created_at = '2026-11-10T21:30:00Z' where id = $1`, [organisation.id])
  const on = async (day: string) => {
    const { body } = await operator.get(
      list('organisations', `?filters.createdAt~~from=${day}&filters.createdAt~~to=${day}`),
    )
    return (body.records ?? []).map(({ id }) => id).includes(String(organisation.id))
  }
  t.false(await on('2026-11-10'))
  t.true(await on('2026-11-11'))
  t.false(await on('2026-11-12'))
})

test('several states are asked for at once', async (t) => {
  const office = await buildOffice()
  const { invoice } = await buildPaidInvoice({ office })
  const operator = await operatorOf(office)
  const count = async (states: string) =>
    (await operator.get(list('invoices', `?filters.state=${states}`))).body.meta?.total
  t.is(await count('paid,draft'), 1)
  t.is(await count('draft,issued'), 0)
  t.truthy(invoice.number)
})

test('deleting is soft, leaves the lists and can be taken back', async (t) => {
  const office = await buildOffice()
  const employee = await buildEmployee({ organisation: await buildOrganisation({ office }) })
  const operator = await operatorOf(office)
  const record = `${api}/employees/records/${employee.id}`
  const ids = async (query = '') =>
    (await operator.get(list('employees', query))).body.records?.map(({ id }) => id)
  t.is((await operator.post(`${record}/delete`)).body.notice?.type, 'success')
  t.false((await ids())?.includes(String(employee.id)))
  t.true((await ids('?filters.deletedAt=~filled'))?.includes(String(employee.id)))
  t.is((await operator.post(`${record}/restore`)).body.notice?.type, 'success')
  t.true((await ids())?.includes(String(employee.id)))
})

test('a link can change nothing: every action that changes something refuses GET', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await operatorOf(office)
  const before = await db.pool(t).query('select xmin, * from organisations where id = $1', [organisation.id])
  for (const action of ['delete', 'restore', 'activate', 'block', 'overrideRequisites', 'bulkDelete']) {
    const { status } = await operator.get(`${api}/organisations/records/${organisation.id}/${action}`)
    t.true(status === 405 || status === 404, `${action} answered ${status}`)
  }
  const after = await db.pool(t).query('select xmin, * from organisations where id = $1', [organisation.id])
  t.deepEqual(after.rows, before.rows)
})

test('what another site makes the browser send is refused', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await operatorOf(office)
  const path = `${api}/organisations/records/${organisation.id}/delete`
  t.is((await operator.post(path, {}, { 'sec-fetch-site': 'cross-site' })).status, 403)
  t.is((await operator.post(path, {}, { 'sec-fetch-site': 'same-site' })).status, 403)
  t.is((await operator.get(list('organisations'), { 'sec-fetch-site': 'cross-site' })).status, 403)
  t.is((await operator.get('/admin', { 'sec-fetch-site': 'cross-site' })).status, 200)
  t.is((await organisation.reload()).deletedAt, null)
})

test('a stranger is refused before a byte of the body is read', async (t) => {
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(3_000_000)]), 'large.bin')
  const { status } = await browser().post(`${api}/organisations/actions/new`, body)
  t.is(status, 401)
})

test('a body beyond the limits is refused and leaves no file', async (t) => {
  const operator = await operatorOf(await buildOffice())
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(26 * 1024 * 1024)]), 'large.bin')
  const { status } = await operator.post(`${api}/organisations/actions/new`, body)
  t.is(status, 413)
})

test('the page carries who is signed in and what they may open, and runs only its own scripts', async (t) => {
  const office = await buildOffice()
  await db
    .pool(t)
    .query(`update organisations set short_name = '</script><script>alert(1)</script>' where id = $1`, [
      office.id,
    ])
  const operator = await operatorOf(office)
  const { text, headers } = await operator.get('/admin')
  const policy = headers.get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
  t.notRegex(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
  t.deepEqual(text.match(/<script(?! src)[^>]*>/g), [`<script nonce="${nonce}">`])
  t.notRegex(text, /<script>alert|passwordHash|sessionVersion|https?:\/\//)
  t.notRegex(text, /"id":"users"|"id":"audit-events"/)
  t.regex(text, /"id":"invoice-lines"/)
  t.true(text.length < 180_000, `${text.length} characters`)
})

test('a request that is not understood is answered in words', async (t) => {
  const operator = await operatorOf(await buildOffice())
  t.is((await operator.get(`${api}/nothing/actions/list`)).status, 404)
  t.is((await operator.get(`${api}/organisations/records/abc/show`)).body.notice?.message, 'errors.not-found')
  t.is((await operator.get(list('organisations', '?page=-1&perPage=100000&sortBy=comment'))).status, 200)
})
