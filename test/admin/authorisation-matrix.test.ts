/** Every role × resource × action × own and foreign record over HTTP, made from the configuration itself. */
import test from 'ava'
import { DataTypes, type Model, type ModelStatic } from 'sequelize'
import { resources } from '../../admin/resources/index.ts'
import { defineResource } from '../../admin/define-resource.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { ChangeRequest } from '../../src/models/change-request.ts'
import { Export } from '../../src/models/export.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { Invitation } from '../../src/models/invitation.ts'
import { Mail } from '../../src/models/mail.ts'
import { RegistrationLink } from '../../src/models/registration-link.ts'
import { Registration } from '../../src/models/registration.ts'
import { OrderRequest } from '../../src/models/order-request.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { Product } from '../../src/models/product.ts'
import { ReportSchedule } from '../../src/models/report-schedule.ts'
import type { User } from '../../src/models/user.ts'
import { orderIdentityLetter } from '../../src/operations/identities/identity-letters.ts'
import { can, policyOf } from '../../src/policies/define-policy.ts'
import { later } from '../_support/clock.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorOf,
  as,
  buildChecked,
  buildEmployee,
  buildOffice,
  buildReadyDocuments,
  buildStoredFile,
  buildUser,
  built,
  testNow,
} from '../_support/factories.ts'
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn } = startBackOffice()
const api = '/admin/api/resources'

type Person = { name: string; user: User; visitor: Browser }
/** Table name → a row of the office. */
type Rows = Map<string, Model>

async function furnish(office: Organisation, author: User): Promise<Rows> {
  const { organisation } = await buildReadyDocuments({ office })
  const place = { officeId: office.id, organisationId: organisation.id }
  await buildEmployee({ organisation })
  await orderIdentityLetter(as((await buildChecked(organisation)).actor), {
    postcode: '160001',
    address: 'г. Вологда, ул. Мира, д. 1',
  })
  const file = await buildStoredFile(office)
  await built(async () => {
    await FolderFile.create({ ...place, fileId: file.id, title: 'Письмо' })
    await Mail.create({ ...place, kind: 'acts-published', dedupKey: `matrix-${office.id}` })
    await ChangeRequest.create({ ...place, changes: { phone: { before: null, after: '+79215550120' } } })
    const product = await Product.findOne({ where: { officeId: office.id }, rejectOnEmpty: true })
    await OrderRequest.create({ ...place, productId: product.id, quantity: '1' })
    await ReportSchedule.create({
      officeId: office.id,
      report: 'register',
      every: 'day',
      recipients: ['buh@certdesk.example'],
    })
    await Export.create({ officeId: office.id, report: 'register', createdBy: author.id })
    const person = {
      officeId: office.id,
      surname: 'Рябов',
      name: 'Кирилл',
      email: `new-${office.id}@client.example`,
    }
    const until = later(testNow, { days: 60 })
    await Invitation.create({ ...person, role: 'applicant', sentAt: testNow, expiresAt: until })
    const link = await RegistrationLink.create({ officeId: office.id, title: 'Заявители', expiresAt: until })
    await Registration.create({
      ...person,
      way: 'link',
      registrationLinkId: link.id,
      passwordHash: `a hash of the newcomer of office ${office.id}`,
      expiresAt: until,
    })
  })
  const rows: Rows = new Map()
  for (const { resource } of resources) {
    const { model } = resource
    const isOfOffice = 'officeId' in model.getAttributes()
    const own = model
    const row = await own.findOne({ where: (isOfOffice ? { officeId: office.id } : {}) as never })
    if (!row) throw new Error(`the matrix has no row of ${resource.id()}: build one in furnish`)
    rows.set(resource.id(), row)
  }
  return rows
}

async function stage() {
  const [a, b] = [await buildOffice(), await buildOffice()]
  const users = {
    administrator: await buildUser({ role: 'administrator' }),
    operatorA: await buildUser({ office: a }),
    operatorB: await buildUser({ office: b }),
    accountantA: await buildUser({ office: a, role: 'accountant' }),
    support: await buildUser({ role: 'support' }),
  }
  const people: Person[] = []
  for (const [name, user] of Object.entries(users))
    people.push({ name, user, visitor: await signIn(user.email) })
  const rows = [await furnish(a, users.operatorA), await furnish(b, users.operatorB)]
  return { people, rows }
}
let staged: ReturnType<typeof stage> | undefined
const ready = () => (staged ??= stage())

const ids = (records: { id: string }[] | undefined) => new Set((records ?? []).map(({ id }) => id))
/** Values of hidden columns that stand nowhere else; `search_name` repeats a name everybody may read. */
const secretsOf = (model: ModelStatic<Model>, rows: Rows[]): string[] =>
  rows.flatMap((row) => {
    const record = [...row.values()].find((one) => one instanceof model)
    return policyOf(model)
      .hidden.filter((column) => column !== 'searchName')
      .map((column) => record?.get(column))
      .filter((value) => value !== null && value !== undefined)
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .filter((value) => value.length > 10)
  })
const actionsOf = (spec: (typeof resources)[number]) =>
  Object.entries({ ...spec.resource.rules.recordVerbs, ...spec.resource.rules.bulkVerbs })

test.serial('lists, searches and pages show what scope and policy allow, and no hidden column', async (t) => {
  const { people, rows } = await ready()
  for (const { name, user, visitor } of people) {
    const actor = actorOf(user)
    for (const { resource } of resources) {
      const { model } = resource
      const where = `${name} ${resource.id()}`
      for (const action of ['list?perPage=500', 'search/']) {
        const { body, text } = await visitor.get(`${api}/${resource.id()}/actions/${action}`)
        if (!can(actor, 'list', model)) {
          t.is(body.notice?.message, 'errors.forbidden', where)
          continue
        }
        for (const record of body.records ?? [])
          for (const column of policyOf(model).hidden) t.false(column in record.params, `${where} ${column}`)
        for (const secret of secretsOf(model, rows)) t.false(text.includes(secret), where)
        const found = ids(body.records)
        for (const row of rows) {
          const record = row.get(resource.id()) as Model
          if (!can(actor, 'list', record)) t.false(found.has(String(record.get('id'))), where)
        }
      }
      for (const row of rows) {
        const record = row.get(resource.id()) as Model
        const { body } = await visitor.get(`${api}/${resource.id()}/records/${String(record.get('id'))}/show`)
        if (can(actor, 'show', record)) t.is(body.record?.id, String(record.get('id')), where)
        else t.is(body.record?.id, '', where)
        if (!can(actor, 'show', record)) t.deepEqual(body.record?.params, {}, where)
        for (const column of policyOf(model).hidden) t.false(column in (body.record?.params ?? {}), where)
      }
    }
  }
})

test.serial(
  'no foreign record is reached by any action, no action is done by a link or by another site',
  async (t) => {
    const { people, rows } = await ready()
    const count = async () =>
      (await db.pool(t).query('select count(*)::int as n from audit_events')).rows[0].n as number
    const before = await count()
    for (const { name, user, visitor } of people) {
      const actor = actorOf(user)
      for (const one of resources) {
        const id = one.resource.id()
        for (const [action, verb] of actionsOf(one)) {
          if (action === 'show') continue
          const isBulk = action in one.resource.rules.bulkVerbs
          for (const row of rows) {
            const record = row.get(id) as Model
            const key = String(record.get('id'))
            const path = isBulk
              ? `${api}/${id}/bulk/${action}?recordIds=${key}`
              : `${api}/${id}/records/${key}/${action}`
            const where = `${name} ${id} ${action}`
            if (action !== 'edit') t.is((await visitor.get(path)).status, 405, where)
            t.is((await visitor.post(path, {}, { 'sec-fetch-site': 'cross-site' })).status, 403, where)
            if (can(actor, verb, record)) continue
            const { body } = await visitor.post(path)
            t.is(body.notice?.type, 'error', where)
          }
        }
      }
    }
    t.is(await count(), before)
  },
)

test.serial('hidden and unknown columns narrow no list', async (t) => {
  const { people } = await ready()
  const administrator = people[0] as Person
  for (const { resource } of resources)
    for (const column of [...policyOf(resource.model).hidden, 'nothing']) {
      const { body } = await administrator.visitor.get(
        `${api}/${resource.id()}/actions/list?filters.${column}=abc`,
      )
      t.is(body.notice?.message, 'errors.bad-filter', `${resource.id()} ${column}`)
    }
})

test.serial('whoever is signed out is told nothing', async (t) => {
  for (const { resource } of resources) {
    for (const path of ['actions/list', 'actions/search/a', 'records/1/show'])
      t.is((await browser().get(`${api}/${resource.id()}/${path}`)).status, 401)
    t.is((await browser().post(`${api}/${resource.id()}/actions/new`)).status, 401)
  }
})

test.serial('the page names only the resources its reader may list or open', async (t) => {
  const { people } = await ready()
  for (const { user, visitor } of people) {
    const { text } = await visitor.get('/admin')
    const state = /window\.REDUX_STATE=(.*?);window\.THEME=/s.exec(text)?.[1] ?? '{}'
    const named = (JSON.parse(state) as { resources: { id: string }[] }).resources.map(({ id }) => id)
    const actor = actorOf(user)
    const expected = resources
      .filter(({ resource }) => can(actor, 'list', resource.model) || can(actor, 'show', resource.model))
      .map(({ resource }) => resource.id())
    t.deepEqual(named.toSorted(), expected.toSorted())
  }
})

test('a resource whose model has no policy, or whose action has no verb, does not start', (t) => {
  const Bare = sequelize.define('Bare', { title: DataTypes.TEXT })
  const spec = {
    id: 'bare',
    navigation: null,
    title: 'title',
    list: ['title'],
    sortable: [],
    sort: { property: 'id', direction: 'desc' as const },
    filters: [],
    show: { sections: [] },
  }
  t.throws(() => defineResource(Bare, spec), { message: /no policy for Bare/ })
  const action = {
    name: 'launch',
    verb: 'launch',
    type: 'record' as const,
    view: {} as never,
    run: async () => ({}),
  }
  t.throws(
    () => defineResource(AuditEvent, { ...spec, title: 'operation', list: ['operation'], actions: [action] }),
    {
      message: /no verb launch/,
    },
  )
})

test.serial('an answer is uploaded as a file, never as a path of this machine', async (t) => {
  const { people } = await ready()
  for (const { name, visitor } of people) {
    const path = `${api}/accounting-requests/actions/uploadAnswer`
    const claimed = await visitor.post(path, { file: { path: '/etc/hostname' } })
    const isAnswerer = name === 'accountantA' || name === 'administrator'
    t.is(claimed.body.notice?.message, isAnswerer ? 'errors.invalid' : 'errors.forbidden', name)
    const form = new FormData()
    form.append('file', new Blob(['no workbook']), 'answer.xlsx')
    const sent = await visitor.post(path, form)
    t.is(sent.body.notice?.message, isAnswerer ? 'errors.answer.faulty' : 'errors.forbidden', name)
  }
})
