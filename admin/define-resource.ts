/** A table of the back office in one object: columns, chips, conditions, form, record page and actions, checked at start. */
import type { Action, ActionResponse, ResourceOptions } from 'adminjs'
import type { Model, ModelStatic } from 'sequelize'
import { DomainError } from '../src/domain/errors.ts'
import { currentRequest } from '../src/http/current-request.ts'
import { doors } from '../src/http/doors.ts'
import type { Side } from '../src/policies/actor.ts'
import { can, columnsFor, knowsVerb, writableFor } from '../src/policies/define-policy.ts'
// A resource asks its policy while it is being defined.
import '../src/policies/index.ts'
import { notice, recordAction, toAdminAction, type DeskAction } from './actions.ts'
import { ScopedResource } from './adapter.ts'
import { ScopedRecord, type Beside, type Keeping } from './scoped-record.ts'
import type { OwnFilter } from './conditions.ts'
import { optionsOf, shown, type PropertyHints } from './property.ts'
import type {
  ActionField,
  Chip,
  Child,
  FileKind,
  FormField,
  FormView,
  ListColumn,
  ListView,
  RecordView,
  Shown,
} from './view-types.ts'

type Described = string | ({ property: string } & Partial<ListColumn>)
type Asked = string | ({ property: string } & Partial<FormField>)

export type ResourceSpec = PropertyHints & {
  id: string
  /** Whose screens it belongs to; the staff's unless it says `client`. */
  side?: Side
  /** Group of the side navigation; null keeps the resource out of it. */
  navigation: { group: 'clients' | 'shipping' | 'system' | 'ours'; icon: string } | null
  /** Property that names a record wherever it is mentioned. */
  title: string
  /** Properties that together are its name on the screen, such as those of a person; the title unless it says more. */
  names?: string[]
  list: Described[]
  /** Columns and conditions that live in other tables, and how they are read. */
  beside?: {
    shown: Shown[]
    read?: Beside
    filters?: Record<string, { options: string[]; means: OwnFilter }>
  }
  sortable: string[]
  sort: { property: string; direction: 'asc' | 'desc' }
  chips?: Chip[]
  filters: string[]
  /** The property of the free-text condition; it reads `search_name` when `hasSearchName`. */
  text?: string
  hasSearchName?: true
  /** What a reference field to this resource looks into; the title unless it says more. */
  search?: string[]
  show: {
    state?: string
    codes?: string[]
    sections: { key: string; fields: string[] }[]
    children?: Child[]
    /** Component that shows the record instead of the common record page. */
    component?: string
    /** Names of record actions in the order of their buttons; the first possible is the primary one. */
    steps?: string[]
    file?: FileKind
    /** Nothing is ever written down about it: it is itself what was. */
    history?: false
  }
  form?: { key: string; fields: Asked[] }[]
  keep?: Keeping
  /** Verb behind the form of a record that exists, where saving it is not simply an edit. */
  editVerb?: string
  /** What is said when the form was saved; «Изменения сохранены» unless it says more. */
  savedNotice?: string
  /** What the form posts besides columns, such as the lines of an invoice. */
  extras?: string[]
  actions?: DeskAction[]
  sum?: { property: string; currencyFrom?: string }
  report?: string
}

export type DeskResource = { resource: ScopedResource; options: ResourceOptions; spec: ResourceSpec }

/**
 * @throws Error for a property the model has not, a form field the policy does not let be written, a step without an
 * action, or a model without a policy.
 */
export function defineResource<M extends Model>(typed: ModelStatic<M>, spec: ResourceSpec): DeskResource {
  const model = typed as unknown as ModelStatic<Model>
  const side = spec.side ?? 'staff'
  const actions = [...(spec.actions ?? []), ...(spec.keep ? keptActions(spec) : [])]
  check(model, spec, actions)

  const filterable = [
    ...new Set([...spec.filters, ...(spec.text ? [spec.text] : []), ...ownConditions(side, model)]),
  ]
  const ownFilters = Object.entries(spec.beside?.filters ?? {})
  const filters = [
    ...filterable.map((property) => withOptions(model, property, spec)),
    ...ownFilters.map(([property, { options }]) => ({ ...shownOf(model, property, spec), options })),
  ]
  const list = spec.list.map((column) => toColumn(model, column, spec))
  const verbs = (type: DeskAction['type']) =>
    Object.fromEntries(actions.filter((one) => one.type === type).map((one) => [one.name, one.verb]))
  const resource = new ScopedResource(model, {
    id: spec.id,
    side,
    title: spec.title,
    hints: spec,
    filters,
    ownFilters: Object.fromEntries(ownFilters.map(([property, { means }]) => [property, means])),
    beside: spec.beside?.read ?? null,
    sortable: ['id', ...spec.sortable],
    sort: spec.sort,
    searchName: spec.hasSearchName ? (spec.text ?? spec.title) : null,
    search: spec.search ?? [spec.title],
    listReferences: list.filter((column) => column.reference).map((column) => column.property),
    keep: spec.keep ?? null,
    extras: spec.extras ?? [],
    recordVerbs: {
      show: 'show',
      ...(spec.form && spec.keep?.edit && { edit: spec.editVerb ?? 'edit' }),
      ...verbs('record'),
    },
    bulkVerbs: verbs('bulk'),
    file: spec.show.file ?? null,
  })

  const chosen = new Set([...spec.filters, ...(spec.text ? [spec.text] : [])])
  const listView: ListView = {
    columns: list,
    chips: spec.chips ?? [],
    filters: filters.filter(({ property }) => chosen.has(property)),
    sort: spec.sort,
    text: spec.text ?? null,
    bulk: actions.filter((one) => one.type === 'bulk').map((one) => one.name),
    resource: actions.filter((one) => one.type === 'resource').map((one) => one.name),
    sum: spec.sum ?? null,
    report: spec.report ?? null,
  }
  const recordView: RecordView = {
    names: spec.names ?? [spec.title],
    hasHistory: side === 'staff' && spec.show.history !== false,
    state: spec.show.state ? shownOf(model, spec.show.state, spec) : null,
    codes: (spec.show.codes ?? []).map((property) => shown(model, property, spec)),
    sections: spec.show.sections.map(({ key, fields }) => ({
      key,
      fields: fields.map((property) => shownOf(model, property, spec)),
    })),
    children: spec.show.children ?? [],
    steps: spec.show.steps ?? [],
  }
  const formFields = (spec.form ?? [])
    .flatMap(({ fields }) => fields)
    .map((field) => (typeof field === 'string' ? field : field.property))
  const formView: FormView = {
    office: side === 'staff' ? officeField(model, formFields, spec) : null,
    extras: spec.extras ?? [],
    sections: (spec.form ?? []).map(({ key, fields }) => ({
      key,
      fields: fields.map((field) => toField(model, field, spec)),
    })),
  }
  return { resource, spec, options: optionsFor(resource, spec, actions, { listView, recordView, formView }) }
}

// Every list can be narrowed to one organisation, one parent or one key: lists inside records are made of this.
const ownConditions = (side: Side, model: ModelStatic<Model>): string[] => {
  const columns = columnsFor(side, model)
  const usual = [
    'id',
    'organisationId',
    'invoiceId',
    'contractId',
    'requestId',
    'batchId',
    'registrationLinkId',
    'deletedAt',
  ]
  return usual.filter((name) => columns.includes(name))
}

const withOptions = (model: ModelStatic<Model>, property: string, spec: ResourceSpec) => {
  const options = optionsOf(model, property, spec)
  return { ...shown(model, property, spec), ...(options && { options }) }
}

/** A column of the model, or one that other tables fill. */
const shownOf = (model: ModelStatic<Model>, property: string, spec: ResourceSpec): Shown =>
  spec.beside?.shown.find((one) => one.property === property) ?? shown(model, property, spec)

const toColumn = (model: ModelStatic<Model>, column: Described, spec: ResourceSpec): ListColumn => {
  const given = typeof column === 'string' ? { property: column } : column
  return {
    ...shownOf(model, given.property, spec),
    ...(spec.sortable.includes(given.property) && { sortable: true }),
    ...given,
  }
}

const toField = (model: ModelStatic<Model>, field: Asked, spec: ResourceSpec): FormField => {
  const given = typeof field === 'string' ? { property: field } : field
  const attribute = model.getAttributes()[given.property]
  const described = withOptions(model, given.property, spec)
  // A tick is never missing, and a list may be empty.
  const isNeeded =
    attribute?.allowNull === false &&
    described.as !== 'flag' &&
    described.as !== 'list' &&
    !spec.usual?.includes(given.property)
  const start = spec.usual?.includes(given.property) ? undefined : attribute?.defaultValue
  return {
    ...described,
    ...(isNeeded && { required: true }),
    ...(isPlain(start) && { start }),
    ...given,
  }
}

/** A record about an organisation lives in its office: there the office is asked for only where none need be chosen. */
function officeField(
  model: ModelStatic<Model>,
  asked: readonly string[],
  spec: ResourceSpec,
): FormField | null {
  const { officeId, organisationId } = model.getAttributes()
  if (!officeId || asked.includes('officeId')) return null
  const field: FormField = { ...shown(model, 'officeId', spec), onlyNew: true }
  if (!asked.includes('organisationId')) return { ...field, required: true }
  return organisationId?.allowNull ? { ...field, hint: true } : null
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

function keptActions({ id, keep, side = 'staff' }: ResourceSpec): DeskAction[] {
  const actions: DeskAction[] = []
  const { remove, restore } = keep ?? {}
  if (remove) {
    const fields: ActionField[] = [{ name: 'reason', as: 'text' }]
    const look = { name: 'delete', icon: 'Trash', tone: 'danger', confirm: true, fields } as const
    actions.push(
      recordAction(look, async (request, record, payload) => {
        const { reason } = payload
        await remove(request, { id: record, ...(typeof reason === 'string' && { reason }) })
        return { redirectUrl: `${doors[side].root}/resources/${id}` }
      }),
    )
  }
  if (restore) {
    actions.push(
      recordAction({ name: 'restore', icon: 'RotateCcw' }, async (request, record) => {
        await restore(request, { id: record })
      }),
    )
  }
  return actions
}

function check(model: ModelStatic<Model>, spec: ResourceSpec, actions: DeskAction[]): void {
  const { side = 'staff' } = spec
  const columns = columnsFor(side, model)
  const writable = writableFor(side, model)
  const shownProperties = [
    spec.title,
    ...(spec.names ?? []),
    ...spec.list.map((column) => (typeof column === 'string' ? column : column.property)),
    ...spec.sortable,
    ...spec.filters,
    ...spec.show.sections.flatMap(({ fields }) => fields),
  ]
  for (const property of shownProperties) {
    const isBeside = spec.beside?.shown.some((one) => one.property === property)
    shownOf(model, property, spec)
    if (!isBeside && !columns.includes(property))
      throw new Error(`${spec.id}: ${property} is hidden by the policy`)
  }
  for (const field of (spec.form ?? []).flatMap(({ fields }) => fields)) {
    const property = typeof field === 'string' ? field : field.property
    if (!writable.includes(property)) throw new Error(`${spec.id}: ${property} is not writable`)
  }
  if (spec.form && !spec.keep) throw new Error(`${spec.id}: a form needs the operations that keep it`)
  for (const { name, verb } of actions) {
    if (!knowsVerb(side, model, verb) && name !== 'delete' && name !== 'restore')
      throw new Error(`${spec.id}: no verb ${verb} in the policy`)
  }
  for (const step of spec.show.steps ?? []) {
    if (step !== 'edit' && !actions.some(({ name }) => name === step))
      throw new Error(`${spec.id}: no action ${step}`)
  }
}

const columnsOf = ({ model }: ScopedResource, shownThere: readonly Shown[]): string[] =>
  shownThere.map(({ property }) => property).filter((property) => property in model.getAttributes())

type Views = { listView: ListView; recordView: RecordView; formView: FormView }
type Handler = Action<ActionResponse>['handler']

function optionsFor(
  resource: ScopedResource,
  spec: ResourceSpec,
  actions: DeskAction[],
  views: Views,
): ResourceOptions {
  const may =
    (verb: string) =>
    ({ record }: { record?: unknown }): boolean =>
      can(currentRequest().actor, verb, record instanceof ScopedRecord ? record.row : resource.model)
  const never = { isAccessible: false, isVisible: false }
  const base = `${doors[spec.side ?? 'staff'].root}/resources/${spec.id}`

  const list: Handler = async (request) => {
    const { records, meta } = await resource.page(request.query ?? {})
    return { records: records.map((record) => record.toJSON()), meta }
  }
  const search: Handler = async (request) => {
    const records = await resource.lookUp(request.params.query ?? '', request.query ?? {})
    return { records: records.map((record) => record.toJSON()) }
  }
  const show: Handler = async (_request, _response, { record }) => {
    await resource.lookBeside([record as ScopedRecord])
    return { record: (record as ScopedRecord).toJSON() }
  }
  const create: Handler = async (request) => {
    if (request.method === 'get') return { record: resource.build({}).toJSON() }
    const { id, result } = await resource.create(request.payload ?? {})
    const made = await reread(resource, id as number)
    return {
      record: made.toJSON(),
      notice: notice('notices.created'),
      ...(result !== undefined && { result }),
      redirectUrl: `${base}/records/${String(id)}/show`,
    }
  }
  const edit: Handler = async (request, _response, { record }) => {
    if (request.method === 'get') return { record: (record as ScopedRecord).toJSON() }
    const { id } = await resource.update((record as ScopedRecord).id(), request.payload ?? {})
    const kept = await reread(resource, id as number)
    return {
      record: kept.toJSON(),
      notice: notice(spec.savedNotice ?? 'notices.saved'),
      redirectUrl: `${base}/records/${String(id)}/show`,
    }
  }

  return {
    id: spec.id,
    titleProperty: spec.title,
    navigation: spec.navigation ? { name: spec.navigation.group, icon: spec.navigation.icon } : false,
    sort: { sortBy: spec.sort.property, direction: spec.sort.direction },
    // AdminJS knows columns only; what stands beside them is between the resource and its screens.
    listProperties: columnsOf(resource, views.listView.columns),
    filterProperties: columnsOf(resource, views.listView.filters),
    showProperties: columnsOf(
      resource,
      views.recordView.sections.flatMap(({ fields }) => fields),
    ),
    ...(spec.form && {
      editProperties: views.formView.sections.flatMap(({ fields }) => fields.map(({ property }) => property)),
    }),
    actions: {
      list: { isAccessible: may('list'), handler: list, custom: views.listView },
      search: { isAccessible: may('list'), handler: search },
      show: {
        isAccessible: may('show'),
        handler: show,
        custom: views.recordView,
        ...(spec.show.component && { component: spec.show.component }),
      },
      new:
        spec.form && spec.keep?.create
          ? { isAccessible: may('new'), handler: create, custom: views.formView }
          : never,
      edit:
        spec.form && spec.keep?.edit
          ? { isAccessible: may(spec.editVerb ?? 'edit'), handler: edit, custom: views.formView }
          : never,
      delete: never,
      bulkDelete: never,
      ...Object.fromEntries(actions.map((action) => [action.name, toAdminAction(action, resource)])),
    },
  }
}

async function reread(resource: ScopedResource, id: number): Promise<ScopedRecord> {
  const record = await resource.findOne(id)
  if (!record) throw new DomainError('not-found')
  await resource.lookUpReferences([record])
  return record
}
