/** Nothing of anybody else in any answer, and no step on it: every person, every address of the product, secrets in every hidden column. */
import { storage } from '../never/_storage.ts'
import { existsSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { DataTypes, type Model, type ModelStatic } from 'sequelize'
import { defineResource, type DeskResource } from '../../admin/define-resource.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { RegisterImport } from '../../src/models/register-import.ts'
import type { Side } from '../../src/policies/actor.ts'
import { can, columnsFor, scopeOf, writableFor } from '../../src/policies/define-policy.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { addresses, openAddresses, type Address, type Question } from './_addresses.ts'
import { setStage, sides, type House, type Person, type Stage } from './_matrix.ts'
import { routesOf } from './_routes.ts'
import { startBackOffice, type Answer } from './_server.ts'
import { doneElsewhere, payloadOf, setWorkshop } from './_workshop.ts'

await isolatedDatabase()
const office = startBackOffice()

let staged: Promise<Stage> | undefined
const ready = () => (staged ??= setStage(office))
// A hang is ended by the limit of its test; a slow machine is none.
const patience = 900_000

const all = Object.entries(addresses)
const allSides = Object.values(sides)
const rootOf = (side: Side) => sides[side].root

test.serial(
  'every address of the product has its line in the matrix, and every line an address',
  async (t) => {
    const found = routesOf(await office.app())
    // AdminJS's own are asked table by table below.
    const isTable = (route: string) =>
      /^(GET|POST) \/(admin|cabinet)\/(api\/)?(resources\/:resourceId|pages\/:pageName)/.test(route)
    const product = found.filter((route) => !isTable(route))
    const known = [
      ...all.flatMap(([route, { on }]) =>
        on.map((side) => route.replace(' /', ` ${rootOf(side)}/`).replace(/(?<=.)\/$/, '')),
      ),
      ...Object.keys(openAddresses),
    ]
    const missing = product.filter((route) => !known.includes(route) && !/\/(api\/)?pages\//.test(route))
    t.deepEqual(
      missing,
      [],
      'a new address: give it a line in test/admin/_addresses.ts (CONTRIBUTING, «An address»)',
    )
    t.deepEqual(
      known.filter((route) => !found.includes(route)),
      [],
      'a line of test/admin/_addresses.ts without an address, or at a door where it does not stand',
    )
    const proofs = [...all, ...Object.entries(openAddresses)].flatMap(([, one]) => one.elsewhere ?? [])
    t.deepEqual(
      proofs.filter((path) => !existsSync(path)),
      [],
      'a test named in _addresses.ts that is not there',
    )
  },
)

test.serial('every table has a row of every house', async (t) => {
  t.timeout(patience)
  const { houses } = await ready()
  for (const { resources } of allSides)
    for (const { resource } of resources)
      for (const house of houses)
        t.true(house.rows.has(resource.model), `${resource.id()}: build a row of it in furnish of _matrix.ts`)
})

const inScope = ({ actor }: Person, { organisation }: House): boolean => {
  const scope = scopeOf(actor, Organisation)
  return scope !== null && Object.entries(scope).every(([name, wanted]) => organisation.get(name) === wanted)
}

const quoted = (word: string) => JSON.stringify(word).slice(1, -1)

/** What an answer tells and must not: a word of a house this person does not know of, a secret of their side. */
function leaksOf(person: Person, { houses, secrets }: Stage, text: string): string[] {
  const strangers = houses.filter((house) => !inScope(person, house)).map(({ organisation }) => organisation)
  const words = strangers.flatMap(({ name, taxId }) => [name, quoted(name), taxId ?? ''])
  // A register belongs to the installation: it is no secret of an office, and still not everybody's.
  const made = houses[0].rows.get(RegisterImport) as RegisterImport
  if (!can(person.actor, 'show', made)) words.push(made.fileName)
  return [
    ...words.filter((word) => word && text.includes(word)),
    ...secrets
      .filter(({ value, from }) => from.includes(person.of.side) && text.includes(value))
      .map(({ table, column }) => `${table}.${column}`),
    ...(text.includes('"passwordHash"') ? ['a password'] : []),
    ...(text.includes(storage) ? ['a path of this machine'] : []),
  ]
}

/** The words of a body, at any depth. */
const typedIn = (body: unknown): string[] =>
  typeof body === 'string'
    ? [body]
    : typeof body === 'object' && body
      ? Object.values(body).flatMap(typedIn)
      : []

/** Asks, and collects what the answer tells: all faults at once, for the first says little of the others. */
function questioner(stage: Stage, person: Person) {
  const faults: string[] = []
  let told = 0
  const expect = (isSo: boolean, fault: string) => {
    if (!isSo) faults.push(`${person.name}: ${fault}`)
  }
  const judge = (answer: Answer, path: string, typed: readonly string[] = []) => {
    expect(answer.status < 500, `${path} answered ${answer.status}`)
    // A search box repeats what was typed into it, and so does a look-up.
    let { text } = answer
    for (const word of typed) text = text.replaceAll(quoted(word), '')
    for (const leak of leaksOf(person, stage, text)) expect(false, `${path} tells ${leak}`)
    if (text.includes(quoted(stage.houses[0].organisation.name))) told += 1
    return answer
  }
  const ask = async (question: Question): Promise<Answer> => {
    const [path, posted] = typeof question === 'string' ? [question] : question
    const address = path.startsWith(person.of.root) ? path : person.of.root + path
    const answer = await (posted ? person.visitor.post(address, posted) : person.visitor.get(address))
    const typed = [decodeURIComponent(path.split('?q=')[1] ?? ''), ...typedIn(posted)].filter(Boolean)
    return judge(answer, address, typed)
  }
  return { ask, judge, expect, faults, told: () => told }
}

const pathOf = (question: Question): string => (typeof question === 'string' ? question : question[0])

const askedOf = (route: string, { asked }: Address, house: House): readonly Question[] =>
  asked ? asked(house) : [route.slice(route.indexOf('/'))]

const isQuestion = ({ step, elsewhere, isDoor }: Address) => !step && !elsewhere && !isDoor

/** Columns of the model this side may see, and those other tables fill for the screen. */
const shownOn = (side: Side, { resource, spec }: DeskResource) =>
  new Set([
    ...columnsFor(side, resource.model),
    ...(spec.beside?.shown ?? []).map(({ property }) => property),
  ])

test.serial('no answer tells of another office, another client or a hidden column', async (t) => {
  t.timeout(patience)
  const stage = await ready()
  t.true(stage.secrets.length > 50, `${stage.secrets.length} secrets were planted`)
  const faults: string[] = []
  let told = 0
  for (const person of stage.people) {
    const { actor, of } = person
    const { ask, expect, ...heard } = questioner(stage, person)
    for (const [route, address] of all)
      if (isQuestion(address))
        for (const house of stage.houses)
          for (const question of askedOf(route, address, house)) {
            const { status } = await ask(question)
            if (!address.on.includes(of.side)) expect(status === 404, `${route} answered ${status} here`)
          }
    for (const one of of.resources) {
      const { resource } = one
      const base = `${of.api}/${resource.id()}`
      const listed = await ask(`${base}/actions/list?perPage=500`)
      const found = await ask(`${base}/actions/search/`)
      const mayList = can(actor, 'list', resource.model)
      for (const { body } of [listed, found])
        expect(mayList === (body.notice?.message !== 'errors.forbidden'), `${base} is listed: ${!mayList}`)
      const shown = shownOn(of.side, one)
      const ids = new Set(listed.body.records?.map(({ id }) => id))
      for (const column of new Set(listed.body.records?.flatMap(({ params }) => Object.keys(params))))
        // Lists and JSON are flattened: 'roles.0'.
        expect(shown.has(column.split('.')[0] ?? ''), `${base} lists ${column}`)
      for (const house of stage.houses) {
        const row = house.rows.get(resource.model) as Model
        const id = String(row.get('id'))
        const path = `${base}/records/${id}`
        expect(!ids.has(id) || can(actor, 'list', row), `${base} lists ${id}`)
        const opened = await ask(`${path}/show`)
        await ask(`${path}/edit`)
        await ask(`${base}/actions/search/${encodeURIComponent(house.organisation.name)}`.slice(0, 300))
        const wanted = can(actor, 'show', row) ? id : ''
        expect(opened.body.record?.id === wanted, `${path} shows ${opened.body.record?.id}, not ${wanted}`)
      }
    }
    faults.push(...heard.faults)
    told += heard.told()
  }
  t.deepEqual(faults, [])
  t.true(told > 50, 'those who may know are told')
})

test.serial('a hidden or unknown column narrows and orders no list', async (t) => {
  t.timeout(patience)
  const stage = await ready()
  for (const of of allSides)
    for (const one of of.resources) {
      const { model } = one.resource
      const person = stage.people.find((who) => who.of === of && can(who.actor, 'list', model)) as Person
      const { ask } = questioner(stage, person)
      const shown = new Set(columnsFor(of.side, model))
      const hidden = Object.keys(model.getAttributes()).filter((column) => !shown.has(column))
      for (const column of [...hidden, 'nothing']) {
        const where = `${of.side} ${one.resource.id()} ${column}`
        const path = `${of.api}/${one.resource.id()}/actions/list`
        const { body, text } = await ask(`${path}?filters.${column}=a&sortBy=${column}&direction=asc`)
        t.is(body.notice?.message, 'errors.bad-filter', `${where} ${text.slice(0, 300)}`)
        const sorted = await ask(`${path}?sortBy=${column}&direction=asc&perPage=5`)
        t.not((sorted.body.meta as { sortBy?: string } | undefined)?.sortBy, column, where)
      }
    }
})

test.serial('a stranger is asked to sign in at every address of both sides, and told nothing', async (t) => {
  t.timeout(patience)
  const { houses } = await ready()
  const stranger = office.browser()
  const closed = async (method: 'get' | 'post', path: string, body?: object) => {
    const { status, text } = await (method === 'get' ? stranger.get(path) : stranger.post(path, body))
    t.true(method === 'get' ? [303, 401, 404].includes(status) : status === 401, `${path} answered ${status}`)
    t.false(text.includes(houses[0].organisation.name), path)
  }
  for (const { side, root, api, resources } of allSides) {
    for (const [route, address] of all) {
      if (address.isDoor || !address.on.includes(side)) continue
      const [method, path = ''] = route.split(' ')
      if (address.step) await closed('post', root + address.step(houses[0])[0], {})
      else if (method === 'POST') await closed('post', root + path, {})
      else
        for (const question of address.elsewhere ? [] : askedOf(route, address, houses[0]))
          await closed('get', root + pathOf(question))
    }
    for (const { resource } of resources) {
      for (const path of ['actions/list', 'actions/search/a', 'records/1/show', 'records/1/edit'])
        await closed('get', `${api}/${resource.id()}/${path}`)
      await closed('post', `${api}/${resource.id()}/actions/new`)
    }
  }
  t.is((await stranger.get('/')).headers.get('location'), '/admin')
})

const trail = async () => (await rows<{ n: number }>('select count(*)::integer as n from audit_events'))[0]?.n
const fresh = (row: Model | undefined): Promise<Model> => (row as Model).reload({ paranoid: false })
const idOf = (row: Model | undefined): string => String(row?.get('id'))

type Step = Readonly<{ id: string; verb: string; path: (id: string) => string }>

/** Every step on a record or on ticked records, and every one of the table as a whole. */
function stepsOf(api: string, { resource, spec }: DeskResource): Step[] {
  const base = `${api}/${resource.id()}`
  const { recordVerbs, bulkVerbs } = resource.rules
  const step = (id: string, verb: string, path: Step['path']) => ({ id, verb, path })
  return [
    ...(spec.keep?.create ? [step('new', 'new', () => `${base}/actions/new`)] : []),
    ...Object.entries(recordVerbs)
      .filter(([name]) => name !== 'show')
      .map(([name, verb]) => step(name, verb, (id) => `${base}/records/${id}/${name}`)),
    ...Object.entries(bulkVerbs).map(([name, verb]) =>
      step(name, verb, (id) => `${base}/bulk/${name}?recordIds=${id}`),
    ),
    ...(spec.actions ?? [])
      .filter(({ type }) => type === 'resource')
      .map(({ name, verb }) => step(name, verb, () => `${base}/actions/${name}`)),
  ]
}

const ofTable = (path: string) => path.includes('/actions/')

test.serial('no step is taken by a link or by another site', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  const before = await trail()
  for (const of of allSides) {
    const { visitor } = people.find((who) => who.of === of) as Person
    const refused = async (path: string, isForm = false) => {
      if (!isForm) t.true((await visitor.get(path)).status >= 400, `GET ${path}`)
      const crossed = await visitor.post(path, {}, { 'sec-fetch-site': 'cross-site' })
      t.is(crossed.status, 403, path)
    }
    for (const one of of.resources)
      for (const { id, path } of stepsOf(of.api, one))
        await refused(path(idOf(houses[0].rows.get(one.resource.model))), id === 'edit' || id === 'new')
    for (const [route, { on, step }] of all) {
      if (!on.includes(of.side) || !route.startsWith('POST')) continue
      if (step) await refused(of.root + step(houses[0])[0])
      else await refused(of.root + route.slice(5), true)
    }
  }
  t.is(await trail(), before)
})

test.serial('no step is taken on what is another’s', async (t) => {
  t.timeout(patience)
  const stage = await ready()
  const before = await trail()
  const faults: string[] = []
  let asked = 0
  for (const person of stage.people) {
    const { actor, visitor, of } = person
    const { judge, expect, ...heard } = questioner(stage, person)
    for (const one of of.resources)
      for (const { verb, path } of stepsOf(of.api, one))
        for (const house of stage.houses) {
          const row = house.rows.get(one.resource.model) as Model
          const address = path(idOf(row))
          if (can(actor, verb, ofTable(address) ? one.resource.model : row)) continue
          const { body } = judge(await visitor.post(address, { reason: 'Причина' }), address)
          expect(body.notice?.type === 'error', `${address} was answered ${JSON.stringify(body.notice)}`)
          asked += 1
        }
    for (const [route, { on, step, may }] of all)
      for (const house of step ? stage.houses : []) {
        if (!step || (on.includes(of.side) && may?.(actor, house))) continue
        const [path, payload] = step(house)
        const { status, text } = judge(await visitor.post(of.root + path, payload), path)
        // The profile answers refusals beside the fields they are about.
        const isRefused = [403, 404].includes(status) || text.startsWith('{"refusal"')
        expect(isRefused, `${route} answered ${status}`)
        asked += 1
      }
    faults.push(...heard.faults)
  }
  t.deepEqual(faults, [])
  t.is(await trail(), before)
  t.true(asked > 1000, `${asked} steps were refused`)
})

test.serial('of ticked records one of which is another’s, none is touched', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  const [mine, , foreign] = houses
  const before = await trail()
  for (const { name, actor, visitor, of } of people)
    for (const { resource } of of.resources)
      for (const action of Object.keys(resource.rules.bulkVerbs)) {
        const [own, other] = [mine.rows.get(resource.model), foreign.rows.get(resource.model)]
        if (!other || can(actor, 'show', other)) continue
        const path = `${of.api}/${resource.id()}/bulk/${action}?recordIds=${idOf(own)},${idOf(other)}`
        const { body } = await visitor.post(path, { acts: true })
        t.is(body.notice?.type, 'error', `${name} ${resource.id()} ${action}`)
      }
  t.is(await trail(), before)
})

const referenceOf = (resource: DeskResource['resource'], column: string): string | undefined => {
  const property = resource.properties().find((one) => one.path() === column)
  return (property as { shown?: { reference?: string } } | undefined)?.shown?.reference
}

type Attribute = { type: unknown }
const typeOf = ({ type }: Attribute) => String((type as { toSql?: () => string }).toSql?.() ?? '')

const forged = (type: string, foreign: House): unknown => {
  if (/BOOL/i.test(type)) return true
  if (/INT|DECIMAL|NUMERIC/i.test(type)) return foreign.office.id
  if (/TIMESTAMP|DATE/i.test(type)) return '2001-01-01'
  return 'подделка'
}

/** Columns a form of this side does not offer, with values nobody would write by chance. */
function forgery(side: Side, model: ModelStatic<Model>, foreign: House): Record<string, unknown> {
  const writable = writableFor(side, model)
  const closed = Object.entries(model.getAttributes()).filter(
    ([column]) => !writable.includes(column) && !['version', 'id'].includes(column),
  )
  return Object.fromEntries(closed.map(([column, attribute]) => [column, forged(typeOf(attribute), foreign)]))
}

test.serial('what a form does not offer cannot be written by it', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  const [mine, , foreign] = houses
  let tried = 0
  for (const { name, actor, visitor, of } of people)
    for (const { resource, spec } of of.resources) {
      const row = mine.rows.get(resource.model)
      const verb = resource.rules.recordVerbs['edit']
      if (!row || !verb || !spec.form || !can(actor, verb, await fresh(row))) continue
      const path = `${of.api}/${resource.id()}/records/${idOf(row)}/edit`
      const forgeries = forgery(of.side, resource.model, foreign)
      const bookkeeping = new Set(['updatedAt', 'updatedBy'])
      const keep = async () => {
        const now = await resource.model.findByPk(idOf(row), { rejectOnEmpty: true, paranoid: false })
        return Object.fromEntries(
          Object.keys(forgeries)
            .filter((column) => !bookkeeping.has(column))
            .map((column) => [column, now.get(column)]),
        )
      }
      // What is worked out anew at each save is so now.
      await visitor.post(path, { version: (await fresh(row)).get('version') })
      const before = await keep()
      await visitor.post(path, { ...forgeries, version: (await fresh(row)).get('version') })
      t.deepEqual(await keep(), before, `${name} ${resource.id()}`)
      tried += 1
    }
  t.true(tried > 10, `${tried} forms were tried`)
})

test.serial('no reference is pointed at another’s record', async (t) => {
  t.timeout(patience)
  const stage = await ready()
  const [mine, , foreign] = stage.houses
  const faults: string[] = []
  let tried = 0
  for (const person of stage.people) {
    const { actor, visitor, of } = person
    const { judge, expect, ...heard } = questioner(stage, person)
    for (const { resource, spec } of of.resources) {
      if (!spec.form) continue
      const row = mine.rows.get(resource.model)
      const verb = resource.rules.recordVerbs['edit']
      const base = `${of.api}/${resource.id()}`
      const forms = [
        ...(spec.keep?.create && can(actor, 'new', resource.model) ? [`${base}/actions/new`] : []),
        ...(row && verb && can(actor, verb, row) ? [`${base}/records/${idOf(row)}/edit`] : []),
      ]
      for (const column of writableFor(of.side, resource.model)) {
        const target = of.resources.find((one) => one.resource.id() === referenceOf(resource, column))
        const other = target && foreign.rows.get(target.resource.model)
        if (!other || can(actor, 'show', other)) continue
        for (const path of forms) {
          const version = row && (await fresh(row)).get('version')
          const { body } = judge(await visitor.post(path, { version, [column]: idOf(other) }), path)
          const fault = body.record?.errors[column]?.message
          expect(fault === 'errors.reference-not-found', `${path} takes ${column}: ${fault}`)
          tried += 1
        }
      }
    }
    faults.push(...heard.faults)
  }
  t.deepEqual(faults, [])
  t.true(tried > 5, `${tried} references were tried`)
})

test.serial('an answer is uploaded as a file, never as a path of this machine', async (t) => {
  const { people } = await ready()
  for (const { name, actor, visitor, of } of people) {
    if (of.side !== 'staff') continue
    const path = `${of.api}/accounting-requests/actions/uploadAnswer`
    const claimed = await visitor.post(path, { file: { path: '/etc/hostname' } })
    const isAnswerer = actor.role === 'accountant' || actor.role === 'administrator'
    t.is(claimed.body.notice?.message, isAnswerer ? 'errors.invalid' : 'errors.forbidden', name)
    const form = new FormData()
    form.append('file', new Blob(['no workbook']), 'answer.xlsx')
    const sent = await visitor.post(path, form)
    t.is(sent.body.notice?.message, isAnswerer ? 'errors.answer.faulty' : 'errors.forbidden', name)
  }
})

test.serial('a page names only the tables its reader may list or open', async (t) => {
  const { people } = await ready()
  for (const { name, actor, visitor, of } of people) {
    const { text } = await visitor.get(of.root)
    const state = /window\.REDUX_STATE=(.*?);window\.THEME=/s.exec(text)?.[1] ?? '{}'
    const named = (JSON.parse(state) as { resources: { id: string }[] }).resources.map(({ id }) => id)
    const expected = of.resources
      .filter(({ resource }) => can(actor, 'list', resource.model) || can(actor, 'show', resource.model))
      .map(({ resource }) => resource.id())
    t.deepEqual(named.toSorted(), expected.toSorted(), name)
  }
})

test.serial(
  'every step somebody may take is taken once, and what a form does not offer stays out',
  async (t) => {
    t.timeout(patience)
    const { houses } = await ready()
    const workshop = await setWorkshop(office)
    const own = new Set(workshop.people.map(({ actor }) => actor.id))
    const refusals = new Map<string, string>()
    const done = new Set<string>()

    /** Rows of the workshop this step may be taken on, the newest first, and none of the people who take it. */
    const candidates = async (model: ModelStatic<Model>): Promise<Model[]> => {
      const attributes = model.getAttributes()
      const where =
        model === (Organisation as ModelStatic<Model>) || !('officeId' in attributes)
          ? {}
          : { officeId: workshop.office.id }
      const found = await model.findAll({ where, paranoid: false, order: [['id', 'desc']], limit: 60 })
      const people = (row: Model) => [row.get('userId'), model.tableName === 'users' && row.get('id')]
      const isOwn = (row: Model) => people(row).some((id) => own.has(id as number))
      // A rule of the administrator's role would close the door behind them.
      return found.filter((row) => !isOwn(row) && row.get('role') !== 'administrator')
    }

    const attempt = async (name: string, one: DeskResource, step: Step): Promise<void> => {
      const { model } = one.resource
      const fields = one.spec.actions?.find((action) => action.name === step.id)?.view.fields ?? []
      const rowsOf = ofTable(step.path('')) ? [null] : await candidates(model)
      for (const { actor, visitor, of } of workshop.people) {
        if (of.resources.every((other) => other !== one)) continue
        for (const row of rowsOf) {
          if (!can(actor, step.verb, row ?? model)) continue
          const payload = await payloadOf(name, fields, row, workshop)
          const isForm = step.id === 'new' || step.id === 'edit'
          // Of which office a new record is, the administrator does say.
          const { officeId: _, ...forgeries } = isForm ? forgery(of.side, model, houses[2]) : {}
          const sent = payload instanceof FormData ? payload : { ...forgeries, ...payload }
          const { body } = await visitor.post(step.path(idOf(row ?? undefined)), sent)
          t.not(body.notice?.message, 'errors.forbidden', `${actor.role} ${name}`)
          if (body.notice?.type !== 'success') {
            refusals.set(
              name,
              `${actor.role}: ${JSON.stringify([body.notice?.message, body.record?.errors])}`,
            )
            continue
          }
          done.add(name)
          if (isForm) await untouched(t, model, body.record?.id ?? '', forgeries, name)
          return
        }
      }
    }

    const wanted = allSides.flatMap(({ side, api, resources }) =>
      resources.flatMap((one) =>
        stepsOf(api, one).map((step) => ({ name: `${side} ${one.resource.id()} ${step.id}`, one, step })),
      ),
    )
    const endsIt = ({ one, step }: (typeof wanted)[number]) =>
      /^(delete|cancel)/.test(step.id) ||
      one.spec.actions?.find(({ name }) => name === step.id)?.view.tone === 'danger'
    // What ends a record comes after what needs it alive, what brings it back after that, and what nothing brings back last.
    const order = [
      ...wanted.filter((one) => !endsIt(one)),
      ...wanted.filter((one) => endsIt(one) && one.step.id !== 'depart'),
      ...wanted,
    ]
    for (const { name, one, step } of order)
      if (!done.has(name) && !(name in doneElsewhere)) await attempt(name, one, step)

    const left = wanted.map(({ name }) => name).filter((name) => !done.has(name) && !(name in doneElsewhere))
    t.deepEqual(
      left.map(
        (name) =>
          `${name}: ${refusals.get(name) ?? 'nobody may, or there is no row of its state in _workshop.ts'}`,
      ),
      [],
    )
    t.deepEqual(
      Object.entries(doneElsewhere).filter(
        ([name, path]) => !wanted.some((one) => one.name === name) || !existsSync(path),
      ),
      [],
    )
  },
)

/** Nothing that was forged stands in the new record. */
async function untouched(
  t: ExecutionContext,
  model: ModelStatic<Model>,
  id: string,
  forgeries: Readonly<Record<string, unknown>>,
  name: string,
): Promise<void> {
  const row = await model.findByPk(id, { rejectOnEmpty: true })
  for (const [column, value] of Object.entries(forgeries))
    if (typeof value !== 'boolean') t.notDeepEqual(row.get(column), value, `${name} ${column}`)
}

test.serial('every step of the desk that somebody may take is taken once', async (t) => {
  const { people, houses } = await ready()
  for (const [route, { on, step, may, elsewhere }] of all) {
    if (!step || elsewhere) continue
    const who = people.filter(({ actor, of }) => on.includes(of.side) && may?.(actor, houses[0]))
    for (const { name, visitor, of } of who.slice(0, 1)) {
      const [path, payload] = step(houses[0])
      const { status, text } = await visitor.post(of.root + path, payload)
      t.true(status < 300, `${name}: ${route} answered ${status} ${text.slice(0, 200)}`)
    }
  }
})

test('a table whose model has no policy, or whose step has no verb, does not start', (t) => {
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
    { message: /no verb launch/ },
  )
})
