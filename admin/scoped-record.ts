/** A row as the browser gets it: its values, its buttons, and why some of them are closed now. */
import { BaseRecord, type CurrentAdmin, type ParamsType, type RecordJSON } from 'adminjs'
import type { Model } from 'sequelize'
import { currentRequest } from '../src/http/current-request.ts'
import type { Context } from '../src/operations/operation.ts'
import type { Actor, Side } from '../src/policies/actor.ts'
import { can } from '../src/policies/define-policy.ts'
import type { ScopedResource } from './adapter.ts'
import type { PropertyHints } from './property.ts'
import type { OwnFilter } from './conditions.ts'
import type { DeskRecord, FileKind, FilterField, Refusal } from './view-types.ts'

/** The operations behind a form. `create` and `edit` may answer with something for the screen, such as a first password. */
export type Keeping = Readonly<{
  create?: (
    context: Context,
    input: { values: object },
  ) => Promise<Model | { record: Model; result: unknown }>
  edit?: (context: Context, input: { id: number; version?: number; values: object }) => Promise<Model>
  remove?: (context: Context, input: { id: number; reason?: string }) => Promise<unknown>
  restore?: (context: Context, input: { id: number }) => Promise<unknown>
}>

/** What other tables tell about rows, by key: read once for a page or a record and put among its params. */
export type Beside = (
  request: { actor: Actor; now: Date },
  ids: readonly number[],
) => Promise<ReadonlyMap<number, object>>

/** What the adapter must know of a resource; `defineResource` fills it in. */
export type ScopedRules = Readonly<{
  id: string
  /** Whose eyes it is for; the other side gets nothing of it. */
  side: Side
  title: string
  hints: PropertyHints
  filters: readonly FilterField[]
  /** Conditions that are no columns, by the name of their filter. */
  ownFilters: Readonly<Record<string, OwnFilter>>
  beside: Beside | null
  sortable: readonly string[]
  sort: { property: string; direction: 'asc' | 'desc' }
  searchName: string | null
  /** Columns a reference field looks into. */
  search: readonly string[]
  /** References that are looked up for a list; a record looks up all of its own. */
  listReferences: readonly string[]
  keep: Keeping | null
  /** What a form posts besides columns; it reaches the operations as it came. */
  extras: readonly string[]
  /** Action name → verb of the policy, for the buttons of each row. */
  recordVerbs: Readonly<Record<string, string>>
  bulkVerbs: Readonly<Record<string, string>>
  /** What the file of a record is kept as; its policy has a verb `download`. */
  file: FileKind | null
}>

const refusalCode = (verb: string): string => (verb === 'edit' ? 'not-editable-now' : 'not-now')

/** A row with the model instance it came from: policies judge the instance, the browser gets the params. */
export class ScopedRecord extends BaseRecord {
  readonly row: Model
  readonly #resource: ScopedResource
  /** Rows of a list and references carry no views: the browser has them in the resource. */
  isBrief = false
  /** What other tables tell about the row. */
  beside: object = {}

  constructor(row: Model, resource: ScopedResource) {
    super(row.get({ plain: true }) as ParamsType, resource)
    this.row = row
    this.#resource = resource
  }

  override title(): string {
    return String(this.params[this.#resource.rules.title] ?? this.id())
  }

  override toJSON(currentAdmin?: CurrentAdmin): RecordJSON & DeskRecord {
    const { actor } = currentRequest()
    const decorated = this.#resource.decorate()
    const allowed = (verbs: Readonly<Record<string, string>>) =>
      Object.keys(verbs)
        .filter((name) => can(actor, verbs[name] as string, this.row))
        .flatMap((name) => {
          const action = decorated.actions[name]
          return action ? [action.toJSON(currentAdmin)] : []
        })
        .map((action) => (this.isBrief ? { ...action, custom: {}, layout: null } : action))
    return {
      params: { ...this.params, ...this.beside },
      populated: Object.fromEntries(
        Object.entries(this.populated).map(([path, record]) => [path, mention(record)]),
      ),
      baseError: this.baseError,
      errors: this.errors,
      id: String(this.id()),
      title: this.title(),
      recordActions: allowed(this.#resource.rules.recordVerbs),
      bulkActions: allowed(this.#resource.rules.bulkVerbs),
      refusals: this.#refusals(actor),
      file: this.#file(actor),
    }
  }

  #file(actor: Actor): FileKind | null {
    const { file } = this.#resource.rules
    return file && this.row.get('fileId') !== null && can(actor, 'download', this.row) ? file : null
  }

  /** What this person may do in general, but not to this record as it is now. */
  #refusals(actor: Actor): Record<string, Refusal> {
    const { recordVerbs, bulkVerbs } = this.#resource.rules
    const state = this.params['state'] as string | undefined
    return Object.fromEntries(
      Object.entries({ ...recordVerbs, ...bulkVerbs })
        .filter(([, verb]) => can(actor, verb, this.#resource.model) && !can(actor, verb, this.row))
        .map(([name, verb]) => [name, { code: refusalCode(verb), ...(state && { params: { state } }) }]),
    )
  }
}

/** A referenced record as its mention: who it is, nothing of what it holds. */
const mention = (record: BaseRecord) => {
  const { title } = (record.resource as ScopedResource).rules
  const id = String(record.id())
  const value = record.params[title] as unknown
  return {
    id,
    title: String(value ?? id),
    params: { id: record.id(), [title]: value ?? null },
    populated: {},
    errors: {},
    baseError: null,
    recordActions: [],
    bulkActions: [],
  }
}
