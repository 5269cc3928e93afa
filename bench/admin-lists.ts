/** Bench: what an operator waits for on a million organisations and five million lines, beside stock AdminJS resources. */
import { pathToFileURL } from 'node:url'
import { Resource } from '@adminjs/sequelize'
import { Filter } from 'adminjs'
import type { Model, ModelStatic } from 'sequelize'
import { chipCounts } from '../admin/chips.ts'
import { createAdmin } from '../admin/index.ts'
import { resources } from '../admin/resources/index.ts'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { asRequest, type Principal } from '../src/http/current-request.ts'
import { Contract } from '../src/models/contract.ts'
import { Employee } from '../src/models/employee.ts'
import { InvoiceLine } from '../src/models/invoice-line.ts'
import { Invoice } from '../src/models/invoice.ts'
import { Organisation } from '../src/models/organisation.ts'
import type { Actor } from '../src/policies/actor.ts'
import { searchEverything } from '../src/queries/search/search-everything.ts'
import { fillDataset, offices } from './dataset.ts'

export type ListResult = {
  question: string
  'p50 ms': number
  'p95 ms': number
  'stock ms': number
  ratio: number
}

const operator: Actor = {
  kind: 'user',
  id: 1,
  name: 'bench',
  role: 'operator',
  officeId: offices.large,
  organisationId: null,
  language: 'ru',
  timezone: 'Europe/Moscow',
}
const principal: Principal = {
  actor: operator,
  signedIn: {} as never,
  mustChangePassword: false,
  mustEnrol: false,
}

/** Rare and frequent fragments, in the middle and at the beginning of names: as people type them. */
const fragments = [
  'вектор мед',
  'горизонт',
  'Рыба 41',
  'якорь сталь',
  'серебряный',
  'ООО',
  'уральский сертификат',
  'титан 1200',
]
const searches = [
  ...fragments,
  '28001',
  '2800100008',
  'Дмитрий Иванов',
  '919-00-00',
  'СЧ-2026-149',
  '1490123',
  'ОФ030-1400130',
  'КВС-5277',
]
const lineFragments = ['торговый', 'рутокен', 'СКЗИ, 12']

const rounds = 96
/** A server at work: its connections know the tables, and what each question reads is in memory. */
const warmingRounds = 2 * searches.length
/** The stock resource takes seconds for some of these; its middle of three is enough to compare with. */
const stockRounds = 3

type Ask = (round: number) => Promise<unknown>

async function times(count: number, ask: Ask): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < count; round += 1) {
    const started = performance.now()
    await ask(round)
    taken.push(performance.now() - started)
  }
  return taken.sort((one, other) => one - other)
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
const rounded = (ms: number): number => Math.round(ms * 10) / 10
const oneOf = (list: readonly string[], round: number): string => list[round % list.length] ?? ''

/** A page as our list action reads it: rows, references, capped count. */
const ours = (id: string) => {
  const found = resources.find(({ spec }) => spec.id === id)
  if (!found) throw new Error(`no resource ${id}`)
  return (query: Record<string, unknown>) => found.resource.page(query)
}

/** A page as AdminJS's own list action reads it: rows and exact count. */
const stock = (model: ModelStatic<Model>) => {
  const resource = new Resource(model)
  return async (filters: Record<string, string>, offset = 0, limit = 25) => {
    const filter = new Filter(filters, resource)
    await resource.find(filter, { limit, offset, sort: { sortBy: 'id', direction: 'desc' } })
    await resource.count(filter)
  }
}

async function compare(question: string, ask: Ask, askStock: Ask): Promise<ListResult> {
  const run: Ask = (round) =>
    asRequest({ principal, actor: operator, now: new Date(), ip: '' }, () => ask(round))
  await times(warmingRounds, run)
  const own = await times(rounds, run)
  const other = at(await times(stockRounds, askStock), 0.5)
  return {
    question,
    'p50 ms': rounded(at(own, 0.5)),
    'p95 ms': rounded(at(own, 0.95)),
    'stock ms': rounded(other),
    ratio: rounded(other / at(own, 0.5)),
  }
}

/** Fills the migrated database of DATABASE_URL when it is empty, then asks each question as an operator does. */
export async function benchAdminLists(): Promise<ListResult[]> {
  await fillDataset()
  createAdmin('staff')
  const organisations = ours('organisations')
  const lines = ours('invoice-lines')
  const stockOrganisations = stock(Organisation)
  const stockLines = stock(InvoiceLine)
  const stockInvoices = stock(Invoice)
  const stockContracts = stock(Contract)
  const stockEmployees = stock(Employee)
  return [
    await compare(
      'list of organisations',
      () => organisations({}),
      () => stockOrganisations({}),
    ),
    await compare(
      'list of lines',
      () => lines({}),
      () => stockLines({}),
    ),
    await compare(
      'organisations by a name fragment',
      (round) => organisations({ 'filters.name': oneOf(fragments, round) }),
      (round) => stockOrganisations({ name: oneOf(fragments, round) }),
    ),
    await compare(
      'lines by a name fragment',
      (round) => lines({ 'filters.name': oneOf(lineFragments, round) }),
      (round) => stockLines({ name: oneOf(lineFragments, round) }),
    ),
    await compare(
      'organisations, page 390',
      () => organisations({ page: 390, perPage: 25 }),
      () => stockOrganisations({}, 389 * 25),
    ),
    await compare(
      'lines, page 390',
      () => lines({ page: 390, perPage: 25 }),
      () => stockLines({}, 389 * 25),
    ),
    await compare(
      'top search',
      (round) => searchEverything(operator, { query: oneOf(searches, round) }),
      async (round) => {
        // The nearest that stock AdminJS has: the search box of each reference, by its title column.
        const text = oneOf(searches, round)
        await Promise.all([
          stockOrganisations({ name: text }, 0, 50),
          stockEmployees({ surname: text }, 0, 50),
          stockContracts({ number: text }, 0, 50),
          stockInvoices({ number: text }, 0, 50),
        ])
      },
    ),
    await compare(
      'chips of lines',
      () => chipCounts('staff', 'invoice-lines', {}),
      () =>
        Promise.all(
          ['paid', 'shipping_requested', 'shipped', 'acted', 'published'].map((state) =>
            stockLines({ state }, 0, 1),
          ),
        ),
    ),
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await migrate(databaseUrl())
  console.table(await benchAdminLists())
  await closeDatabase()
}
