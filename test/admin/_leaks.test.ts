/** Nothing of anybody else in any answer: every person, every address of the product, secrets in every hidden column. */
import { removeStorage } from '../never/_storage.ts'
import test from 'ava'
import type { Express } from 'express'
import type { Model } from 'sequelize'
import type { DeskResource } from '../../admin/define-resource.ts'
import { Export } from '../../src/models/export.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { RegisterImport } from '../../src/models/register-import.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { can, columnsFor, scopeOf, writableFor } from '../../src/policies/define-policy.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { questions, steps, type Question } from './_addresses.ts'
import { setStage, sides, type House, type Person, type Stage } from './_matrix.ts'
import { startBackOffice } from './_server.ts'

await isolatedDatabase()
const office = startBackOffice()

let staged: Promise<Stage> | undefined
const ready = () => (staged ??= setStage(office))
const patience = 900_000
test.after.always('the files go', removeStorage)

type Layer = {
  route?: { path: string; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** Every method and path of an application, as its routers name them. The API of AdminJS is asked by resource. */
function routesOf(app: Express): Set<string> {
  const found = new Set<string>()
  const walk = (layers: readonly Layer[]) => {
    for (const { route, handle } of layers) {
      if (!route) walk(handle.stack ?? [])
      else if (!route.path.includes('/:resourceId/'))
        for (const method of Object.keys(route.methods)) found.add(`${method.toUpperCase()} ${route.path}`)
      else if (route.path.startsWith('/history')) found.add(`GET ${route.path}`)
    }
  }
  walk((app as unknown as { router: { stack: Layer[] } }).router.stack)
  return found
}

test.serial('every address of the product is known to this matrix', async (t) => {
  const known = new Set([...Object.keys(questions), ...Object.keys(steps)])
  const found = routesOf(await office.app())
  const isAdminPage = (route: string) => /^GET \/resources\/:resourceId\b/.test(route)
  t.deepEqual(
    [...found].filter((route) => !known.has(route) && !isAdminPage(route)),
    [],
  )
  t.true(found.has('GET /search') && found.has('POST /jobs/:name/run'), 'the walk reaches the inner routers')
})

const inScope = ({ actor }: Person, { organisation }: House): boolean => {
  const scope = scopeOf(actor, Organisation)
  return scope !== null && Object.entries(scope).every(([name, wanted]) => organisation.get(name) === wanted)
}

/** What an answer tells and must not: a word of a house this person does not know of, a secret of their side. */
function leaksOf(person: Person, { houses, secrets }: Stage, text: string): string[] {
  const strangers = houses.filter((house) => !inScope(person, house)).map(({ organisation }) => organisation)
  const words = strangers.flatMap(({ name, taxId }) => [name, JSON.stringify(name).slice(1, -1), taxId ?? ''])
  // A register belongs to the installation: it is no secret of an office, and still not everybody's.
  const made = houses[0].rows.get(RegisterImport) as RegisterImport
  if (!can(person.actor, 'show', made)) words.push(made.fileName)
  return [
    ...words.filter((word) => word && text.includes(word)),
    ...secrets
      .filter(({ value, from }) => from.includes(person.of.side) && text.includes(value))
      .map(({ table, column }) => `${table}.${column}`),
    ...(text.includes('"passwordHash"') ? ['a password'] : []),
  ]
}

/** What stands at the desk of the staff and has no counterpart in the cabinet. */
const ofStaffOnly =
  /^\/(files\/register-import|desk\/(search|queue|work|organisations|accounting|history|jobs|register|requisites))/

const within = (root: string, question: Question): Question =>
  typeof question === 'string' ? root + question : [root + question[0], question[1]]

/** The words of a body, at any depth. */
const typedIn = (body: unknown): string[] =>
  typeof body === 'string'
    ? [body]
    : typeof body === 'object' && body
      ? Object.values(body).flatMap(typedIn)
      : []

test.serial('no answer tells of another office, another client or a hidden column', async (t) => {
  t.timeout(patience)
  const stage = await ready()
  t.true(stage.secrets.length > 20, `${stage.secrets.length} secrets were planted`)
  t.log(`${stage.secrets.length} secrets, ${stage.people.length} people`)
  // All of them at once: the first leak says little of the others.
  const faults: string[] = []
  let told = 0
  for (const person of stage.people) {
    const { name, visitor, of, actor } = person
    const expect = (isSo: boolean, fault: string) => {
      if (!isSo) faults.push(`${name}: ${fault}`)
    }
    const ask = async (question: Question) => {
      const [path, posted] = typeof question === 'string' ? [question] : question
      const answer = posted ? await visitor.post(path, posted) : await visitor.get(path)
      expect(answer.status < 500, `${path} answered ${answer.status}`)
      // A search box repeats what was typed into it, and so does a look-up.
      const typed = [decodeURIComponent(path.split('?q=')[1] ?? ''), ...typedIn(posted)].filter(Boolean)
      let { text } = answer
      for (const word of typed) text = text.replaceAll(JSON.stringify(word).slice(1, -1), '')
      for (const leak of leaksOf(person, stage, text)) expect(false, `${path} tells ${leak}`)
      if (text.includes(JSON.stringify(stage.houses[0].organisation.name).slice(1, -1))) told += 1
      return answer
    }
    for (const house of stage.houses)
      for (const question of Object.values(questions))
        for (const asked of question?.(house) ?? []) {
          const { status } = await ask(within(of.root, asked))
          const path = typeof asked === 'string' ? asked : asked[0]
          if (of.side === 'client' && ofStaffOnly.test(path))
            expect(status === 404, `${path} is not of this side and answered ${status}`)
        }
    for (const { resource, spec } of of.resources) {
      const base = `${of.api}/${resource.id()}`
      const listed = await ask(`${base}/actions/list?perPage=500`)
      await ask(`${base}/actions/search/`)
      const columns = new Set(columnsFor(of.side, resource.model))
      // Columns of other tables are computed for the screen, and tested by what they tell.
      const shown = new Set([...columns, ...(spec.beside?.shown ?? []).map(({ property }) => property)])
      for (const column of new Set(listed.body.records?.flatMap(({ params }) => Object.keys(params))))
        // Lists and JSON are flattened: 'roles.0'.
        expect(shown.has(column.split('.')[0] ?? ''), `${base} lists ${column}`)
      for (const house of stage.houses) {
        const row = house.rows.get(resource.model)
        if (!row) continue
        const id = String(row.get('id'))
        const path = `${base}/records/${id}`
        const opened = await ask(`${path}/show`)
        await ask(`${path}/edit`)
        const wanted = can(actor, 'show', row) ? id : ''
        expect(opened.body.record?.id === wanted, `${path} shows ${opened.body.record?.id}, not ${wanted}`)
      }
      for (const column of Object.keys(resource.model.getAttributes()).filter((one) => !columns.has(one))) {
        const { body } = await ask(`${base}/actions/list?filters.${column}=a`)
        expect(body.notice?.type === 'error', `${base} filters by ${column}`)
        const sorted = await ask(`${base}/actions/list?sortBy=${column}&direction=asc`)
        const { sortBy } = (sorted.body.meta ?? {}) as { sortBy?: string }
        expect(sortBy !== column, `${base} sorts by ${column}`)
      }
    }
  }
  t.deepEqual(faults, [])
  t.log(`${told} answers told of the first client`)
  t.true(told > 50, 'those who may know are told')
})

const trail = async () => (await rows<{ n: number }>('select count(*)::integer as n from audit_events'))[0]?.n

/** Whether this person of the staff may take the step, so that it is no refusal. */
function isTheirs(route: string, actor: Actor, house: House): boolean {
  const isAdministrator = actor.role === 'administrator'
  if (/passkeys|sessions|place/.test(route)) return false
  if (route.includes('/jobs/')) return isAdministrator || actor.role === 'support'
  if (route.includes('/register/')) return isAdministrator
  if (route === 'POST /work/cancel')
    return isAdministrator || house.rows.get(Export)?.get('createdBy') === actor.id
  return can(actor, 'upload', house.organisation)
}

test.serial('no step is taken on what is another’s, by a link or by another site', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  const before = await trail()
  for (const { name, actor, visitor, of } of people)
    for (const [route, step] of Object.entries(steps)) {
      if (!step) continue
      for (const house of houses) {
        const [path, body] = step(house)
        const address = of.root + path
        const where = `${name}: ${route}`
        t.is((await visitor.post(address, body, { 'sec-fetch-site': 'cross-site' })).status, 403, where)
        t.true((await visitor.get(address)).status >= 400, where)
        if (of.side === 'staff' && isTheirs(route, actor, house)) continue
        const { status } = await visitor.post(address, body)
        t.true([401, 403, 404, 422].includes(status), `${where} answered ${status}`)
      }
    }
  t.is(await trail(), before)
})

const referenceOf = (resource: DeskResource['resource'], column: string): string | undefined => {
  const property = resource.properties().find((one) => one.path() === column)
  return (property as { shown?: { reference?: string } } | undefined)?.shown?.reference
}

const forged = (type: string, foreign: House): unknown => {
  if (/BOOL/i.test(type)) return true
  if (/INT|DECIMAL|NUMERIC/i.test(type)) return foreign.office.id
  if (/TIMESTAMP|DATE/i.test(type)) return '2001-01-01'
  return 'подделка'
}

test.serial(
  'what a form does not offer cannot be written by it, nor a reference point at another’s record',
  async (t) => {
    t.timeout(patience)
    const { people, houses } = await ready()
    const [mine, , foreign] = houses
    for (const { name, actor, visitor, of } of people)
      for (const { resource, spec } of of.resources) {
        const row = mine.rows.get(resource.model)
        if (!row || !spec.form || !can(actor, 'edit', row)) continue
        const where = `${name} ${resource.id()}`
        const path = `${of.api}/${resource.id()}/records/${String(row.get('id'))}/edit`
        const writable = new Set(writableFor(of.side, resource.model))
        const attributes = Object.entries(resource.model.getAttributes())
        const closed = attributes.filter(
          ([column]) => !writable.has(column) && column !== 'version' && column !== 'id',
        )
        const typeOf = (attribute: (typeof attributes)[number][1]) =>
          String((attribute.type as { toSql?: () => string }).toSql?.() ?? '')
        const bookkeeping = new Set(['updatedAt', 'updatedBy'])
        const keep = async () => {
          const fresh = await resource.model.findByPk(String(row.get('id')), {
            rejectOnEmpty: true,
            paranoid: false,
          })
          return Object.fromEntries(
            closed
              .filter(([column]) => !bookkeeping.has(column))
              .map(([column]) => [column, fresh.get(column)]),
          )
        }
        // What is worked out anew at each save is so now.
        await visitor.post(path, { version: (await row.reload({ paranoid: false })).get('version') })
        const before = await keep()
        const payload = Object.fromEntries(
          closed.map(([column, attribute]) => [column, forged(typeOf(attribute), foreign)]),
        )
        await visitor.post(path, {
          ...payload,
          version: (await row.reload({ paranoid: false })).get('version'),
        })
        t.deepEqual(await keep(), before, where)

        const foreignRows = new Map(
          [...foreign.rows].map(([model, record]) => [model, String(record.get('id'))]),
        )
        for (const column of writable) {
          const target = of.resources.find((one) => one.resource.id() === referenceOf(resource, column))
          const foreignId = target && foreignRows.get(target.resource.model)
          if (!foreignId || can(actor, 'show', foreign.rows.get(target.resource.model) as Model)) continue
          const version = (await row.reload({ paranoid: false })).get('version')
          const { body, text } = await visitor.post(path, { version, [column]: foreignId })
          t.is(body.record?.errors[column]?.message, 'errors.reference-not-found', `${where} ${column}`)
          t.false(text.includes(foreign.organisation.name), `${where} ${column}`)
        }
      }
  },
)

test.serial('of ticked records one of which is another’s, none is touched', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  const [mine, , foreign] = houses
  const before = await trail()
  for (const { name, actor, visitor, of } of people)
    for (const { resource } of of.resources)
      for (const action of Object.keys(resource.rules.bulkVerbs)) {
        const [own, other] = [mine.rows.get(resource.model), foreign.rows.get(resource.model)]
        if (!own || !other || can(actor, 'show', other)) continue
        const ids = [own, other].map((row) => String(row.get('id'))).join(',')
        const { body } = await visitor.post(`${of.api}/${resource.id()}/bulk/${action}?recordIds=${ids}`, {
          resourceId: resource.id(),
        })
        t.is(body.notice?.type, 'error', `${name} ${resource.id()} ${action}`)
      }
  t.is(await trail(), before)
})

test.serial('what policy and state allow is done, and never answered as forbidden', async (t) => {
  t.timeout(patience)
  const { people, houses } = await ready()
  let done = 0
  for (const { name, actor, visitor, of } of people)
    for (const { resource, spec } of of.resources)
      for (const { name: action, verb, type, view } of spec.actions ?? []) {
        const row = await houses[0].rows.get(resource.model)?.reload({ paranoid: false })
        if (!row || type === 'resource' || !can(actor, verb, row)) continue
        const id = String(row.get('id'))
        const base = `${of.api}/${resource.id()}`
        const path =
          type === 'bulk' ? `${base}/bulk/${action}?recordIds=${id}` : `${base}/records/${id}/${action}`
        const payload = Object.fromEntries(
          view.fields.map((field) => [field.name, field.as === 'flag' ? true : 'Причина']),
        )
        const { status, body } = await visitor.post(path, payload)
        const where = `${name} ${resource.id()} ${action}`
        t.is(status, 200, where)
        t.not(body.notice?.message, 'errors.forbidden', where)
        if (body.notice?.type === 'success') done += 1
      }
  t.log(`${done} steps were taken`)
  t.true(done > 5)
})

test.serial('a stranger is asked to sign in at every address of both sides', async (t) => {
  const { houses } = await ready()
  const stranger = office.browser()
  for (const { root } of Object.values(sides))
    for (const [route, question] of Object.entries(questions))
      for (const asked of question?.(houses[0]) ?? []) {
        if (route === 'GET /login') continue
        const [path, body] = typeof asked === 'string' ? [asked] : asked
        const { status, text } = await (body ? stranger.post(root + path, body) : stranger.get(root + path))
        t.true([302, 401, 404].includes(status), `${root}${path} answered ${status}`)
        t.false(text.includes(houses[0].organisation.name))
      }
})
