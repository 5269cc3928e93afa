/** Every screen and every question of the back office, found from the configuration and from what the lists answer this person. */
import type { Page } from 'playwright-core'
import { cabinetResources } from '../../admin/cabinet/index.ts'
import type { DeskResource } from '../../admin/define-resource.ts'
import { resources } from '../../admin/resources/index.ts'
import type { ActionView, FilterField, ListView } from '../../admin/view-types.ts'
import { moveTo, settled, take } from './page-steps.ts'

export type Screen = {
  path: string
  /** The same screen with a record in another state. */
  isAgain?: true
}

/** An action that asks before it runs. */
export type Question = { resourceId: string; action: string; kind: string; path: string; recordId?: string }

type Row = { id: string; params: Record<string, unknown>; recordActions: Named[]; bulkActions: Named[] }
type Named = { name: string }
type Told = { id: string; resourceActions: Named[] }

export type Root = keyof typeof catalogues

/** What stands behind each door. */
export const catalogues = { '/admin': resources, '/cabinet': cabinetResources } as const

/** `/admin/resources/invoices/records/7/show` → `invoices-show`. */
export const screenName = (path: string): string =>
  path
    .replace(/\?.*/, '')
    .replace(/^\/(admin|cabinet)\b/, (_all, door: string) => (door === 'cabinet' ? 'cabinet' : ''))
    .replace(/\/(records\/\d+|actions)\//, '-')
    .replace(/\/(resources|pages)\//, '-')
    .replace(/^-/, '') || 'home'

/** The door a person on this page came in by. */
const rootOf = (page: Page): Root =>
  new URL(page.url()).pathname.startsWith('/cabinet') ? '/cabinet' : '/admin'

/** A few rows say of a list what many say, in a fraction of the time. */
const few = '?perPage=8'

async function rowsOf(page: Page, root: Root, resourceId: string): Promise<Row[]> {
  const answer = await page.request.get(`${root}/api/resources/${resourceId}/actions/list?perPage=200`)
  return ((await answer.json()) as { records: Row[] }).records
}

/** One record of each state, the newest first; the first record of a resource without states. */
function ofEachState(rows: Row[], property: string | undefined): Row[] {
  const found = new Map<unknown, Row>()
  for (const row of rows) {
    const state = property && row.params[property]
    if (!found.has(state)) found.set(state, row)
  }
  return [...found.values()]
}

const asks = (view: Partial<ActionView> | undefined): boolean =>
  view?.confirm === true || (view?.fields?.length ?? 0) > 0

/** Actions that ask first, by resource. What «Реестр Excel» must know the list tells it, so it never asks. */
const questionsOf = (resource: DeskResource): { name: string; kind: string }[] =>
  Object.entries(resource.options.actions ?? {})
    .filter(([name, action]) => name !== 'exportRegister' && asks(action?.custom as Partial<ActionView>))
    .map(([name, action]) => ({ name, kind: String(action?.actionType) }))

/** What the person signed in on this page may open. */
export async function screensOf(page: Page): Promise<{ screens: Screen[]; questions: Question[] }> {
  const told = await page.evaluate(
    () => (globalThis as unknown as { REDUX_STATE?: { resources: Told[]; pages: Named[] } }).REDUX_STATE,
  )
  if (!told) throw new Error(`${page.url()} is no screen: «${await page.title()}»`)
  const root = rootOf(page)
  const base = (id: string) => `${root}/resources/${id}`
  const screens: Screen[] = [{ path: root }]
  const questions: Question[] = []
  for (const { name } of told.pages) screens.push({ path: `${root}/pages/${name}` })
  for (const resource of catalogues[root]) {
    const { id, show } = resource.spec
    const mine = told.resources.find((one) => one.id === id)
    if (!mine) continue
    const may = new Set(mine.resourceActions.map(({ name }) => name))
    const rows = may.has('list') ? await rowsOf(page, root, id) : []
    if (may.has('list')) screens.push({ path: base(id) + few })
    if (may.has('new')) screens.push({ path: `${base(id)}/actions/new` })
    const record = (row: Row, action: string) => `${base(id)}/records/${row.id}/${action}`
    ofEachState(rows, show.state).forEach((row, index) => {
      screens.push({ path: record(row, 'show'), ...(index > 0 && { isAgain: true }) })
    })
    const editable = rows.find(({ recordActions }) => recordActions.some(({ name }) => name === 'edit'))
    if (editable) screens.push({ path: record(editable, 'edit') })

    for (const { name, kind } of questionsOf(resource)) {
      const among = kind === 'bulk' ? 'bulkActions' : 'recordActions'
      const row = rows.find((one) => one[among].some((action) => action.name === name))
      const question = { resourceId: id, action: name, kind }
      if (kind === 'resource' && may.has(name)) questions.push({ ...question, path: base(id) })
      else if (row)
        questions.push({
          ...question,
          path: kind === 'bulk' ? `${base(id)}?filters.id=${row.id}` : record(row, 'show'),
          recordId: row.id,
        })
    }
  }
  return { screens, questions }
}

/** One condition of each kind, so that every editor of the filter is seen once. */
export function conditionsOfEachKind(): { resourceId: string; property: string }[] {
  const found = new Map<string, { resourceId: string; property: string }>()
  for (const { spec, options } of resources)
    for (const field of filtersOf(options.actions?.['list']?.custom as ListView | undefined)) {
      const kind = field.options ? 'options' : field.as
      if (!found.has(kind)) found.set(kind, { resourceId: spec.id, property: field.property })
    }
  return [...found.values()]
}

const filtersOf = (view: ListView | undefined): FilterField[] => view?.filters ?? []

/** Opens the question as a person would: from the record, from the ticked row, or above the list. */
export async function ask(page: Page, { action, kind, path, recordId }: Question): Promise<void> {
  await moveTo(page, path)
  await settled(page)
  if (kind === 'bulk') {
    await page.locator(`tr[data-id="${recordId}"]`).getByRole('checkbox').check()
    await page.getByTestId(`bulk-${action}`).click()
  } else await take(page, action)
  await page.getByRole('dialog').waitFor()
}
