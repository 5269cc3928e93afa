/** From an operation to a button: who sees it, what it asks, what it answers and how a refusal reads. */
import type { Action, ActionContext, ActionRequest, ActionResponse } from 'adminjs'
import { UniqueConstraintError, ValidationError as RowError } from 'sequelize'
import { DomainError, type FieldFault } from '../src/domain/errors.ts'
import { currentRequest, type CurrentRequest } from '../src/http/current-request.ts'
import { can } from '../src/policies/define-policy.ts'
import type { ScopedResource } from './adapter.ts'
import { readDay, readNumber, readText } from './form-values.ts'
import { ScopedRecord } from './scoped-record.ts'
import type { ActionField, ActionView } from './view-types.ts'

export type Payload = Readonly<Record<string, unknown>>

/** What an action leaves behind besides its notice. `result` is for the screen that called it. */
export type Outcome = Readonly<{
  redirectUrl?: string
  result?: unknown
  params?: Record<string, string | number>
}>

type Look = Readonly<{
  name: string
  /** Verb of the policy; the name of the action unless it differs. */
  verb?: string
  icon: string
  tone?: 'plain' | 'danger'
  confirm?: true
  fields?: readonly ActionField[]
}>

/** An action before it knows its resource. */
export type DeskAction = Readonly<{
  name: string
  verb: string
  type: 'record' | 'bulk' | 'resource'
  view: ActionView
  run: (
    request: CurrentRequest,
    subject: { ids: number[]; query: Payload },
    payload: Payload,
  ) => Promise<Outcome>
}>

type Work<Subject> = (request: CurrentRequest, subject: Subject, payload: Payload) => Promise<Outcome | void>

const deskAction = (look: Look, type: DeskAction['type'], run: DeskAction['run']): DeskAction => ({
  name: look.name,
  verb: look.verb ?? look.name,
  type,
  view: {
    icon: look.icon,
    tone: look.tone ?? 'plain',
    ...(look.confirm && { confirm: true }),
    fields: [...(look.fields ?? [])],
  },
  run: async (request, subject, payload) => run(request, subject, checked(look.fields ?? [], payload)),
})

/** An action on one record: `work(request, id, payload)` calls the operation. */
export const recordAction = (look: Look, work: Work<number>): DeskAction =>
  deskAction(
    look,
    'record',
    async (request, { ids }, payload) => (await work(request, ids[0] as number, payload)) ?? {},
  )

/** An action on the ticked records. */
export const bulkAction = (look: Look, work: Work<number[]>): DeskAction =>
  deskAction(look, 'bulk', async (request, { ids }, payload) => (await work(request, ids, payload)) ?? {})

/** An action on the resource as a whole; `query` are the conditions of the list it was pressed in. */
export const resourceAction = (look: Look, work: Work<Payload>): DeskAction =>
  deskAction(
    look,
    'resource',
    async (request, { query }, payload) => (await work(request, query, payload)) ?? {},
  )

function readField(field: ActionField, raw: unknown): unknown {
  const value = typeof raw === 'string' ? raw.trim() : raw
  if (value === undefined || value === null || value === '') {
    if (field.required) throw new DomainError('required')
    return null
  }
  switch (field.as) {
    case 'day':
      return readDay(readText(value))
    case 'money':
    case 'number':
      return readNumber(readText(value), field.as === 'money' ? 'money' : 'integer')
    case 'flag':
      return value === true || value === 'true'
    case 'choice':
      if (!field.options?.includes(String(value))) throw new DomainError('bad-value')
      return String(value)
    case 'file':
    case 'files':
    case 'taxDocuments':
    case 'recipients':
      return value
    default:
      return readText(value)
  }
}

/** Several files of one field come each under a key of its own: `files.12`. */
function filesOf({ name }: ActionField, payload: Payload): Payload | null {
  const prefix = `${name}.`
  const found = Object.entries(payload).filter(([key, value]) => key.startsWith(prefix) && value !== null)
  return found.length === 0
    ? null
    : Object.fromEntries(found.map(([key, value]) => [key.slice(prefix.length), value]))
}

/** The payload as the fields promise it. @throws DomainError `invalid-input` with every fault at its field. */
function checked(fields: readonly ActionField[], payload: Payload): Payload {
  const values: Record<string, unknown> = {}
  const faults: Record<string, FieldFault> = {}
  for (const field of fields) {
    try {
      values[field.name] = readField(
        field,
        field.as === 'files' ? filesOf(field, payload) : payload[field.name],
      )
    } catch (fault) {
      if (!(fault instanceof DomainError)) throw fault
      faults[field.name] = { code: fault.code }
    }
  }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', undefined, faults)
  return values
}

const attributeOf = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** What the database says of a row it did not take. A CHECK of one column carries the name of the column. */
type Refused = { code?: string; table?: string; constraint?: string }

/** A refusal by the rules or by the database as one error with a code; anything else is a defect and stays one. */
export function asDomainError(fault: unknown): DomainError {
  if (fault instanceof DomainError) return fault
  const name = fault instanceof Error ? fault.name : ''
  if (name === 'SequelizeOptimisticLockError') return new DomainError('stale-record')
  if (fault instanceof UniqueConstraintError) {
    const fields = Object.keys(fault.fields).map(attributeOf)
    return new DomainError(
      'already-exists',
      undefined,
      Object.fromEntries(fields.map((field) => [field, { code: 'already-exists' }])),
    )
  }
  if (name === 'SequelizeForeignKeyConstraintError') return new DomainError('reference-not-found')
  if (fault instanceof RowError) {
    const fields = fault.errors.flatMap(({ path }) => (path ? [[path, { code: 'bad-value' }] as const] : []))
    return new DomainError('invalid', undefined, Object.fromEntries(fields))
  }
  // 23514: a CHECK of the table; 42501: a trigger that freezes issued documents and the audit trail.
  const { code, table, constraint } = (fault as { original?: Refused } | null)?.original ?? {}
  const column = constraint?.match(new RegExp(`^${table}_(.+)_check$`))?.[1]
  if (code === '23514' && column !== undefined)
    return new DomainError('invalid', undefined, { [attributeOf(column)]: { code: 'out-of-bounds' } })
  if (code === '23514' || code === '23P01') return new DomainError('contradicts')
  if (code === '42501') return new DomainError('frozen')
  throw fault
}

type Answer = ActionResponse & { record?: unknown; records?: unknown }

/** How a refusal reaches the screen: fields where they are at fault, the whole in the notice. */
export function refusalAnswer(fault: unknown, context: Pick<ActionContext, 'record' | 'records'>): Answer {
  const { code, params, fields = {} } = asDomainError(fault)
  const errors = Object.fromEntries(
    Object.entries(fields).map(([path, one]) => [
      path,
      { type: one.code, message: `errors.${one.code}`, params: one.params ?? {} },
    ]),
  )
  const notice = { type: 'error' as const, message: `errors.${code}`, options: { ...params } }
  const baseError = { type: code, message: `errors.${code}`, params: params ?? {} }
  // A refusal tells no more of the record than its reader may see of it anyway.
  const { record } = context
  const isOpen = record instanceof ScopedRecord && can(currentRequest().actor, 'show', record.row)
  const json = isOpen ? record.toJSON() : emptyRecord
  return { record: { ...json, errors, baseError }, records: [], notice }
}

const emptyRecord = {
  id: '',
  title: '',
  params: {},
  populated: {},
  recordActions: [],
  bulkActions: [],
  refusals: {},
  file: null,
}

export const notice = (message: string, options: Record<string, string | number> = {}) => ({
  type: 'success' as const,
  message,
  options,
})

const payloadOf = (request: ActionRequest): Payload => (request.payload ?? {}) as Payload

/** The AdminJS side of a desk action. The router lets only POST through. */
export function toAdminAction(action: DeskAction, resource: ScopedResource): Partial<Action<ActionResponse>> {
  const { name, verb, type, view } = action
  const isAllowed = ({ record }: { record?: unknown }): boolean => {
    const { actor } = currentRequest()
    return can(actor, verb, record instanceof ScopedRecord ? record.row : resource.model)
  }
  return {
    actionType: type,
    icon: view.icon,
    component: false,
    custom: view,
    isVisible: true,
    isAccessible: isAllowed,
    handler: async (request, _response, context) => {
      const current = currentRequest()
      const subjects = type === 'bulk' ? (context.records ?? []) : context.record ? [context.record] : []
      const ids = subjects.map((record) => Number(record.id()))
      const query = (request.query ?? {}) as Payload
      const { params, ...outcome } = await action.run(current, { ids, query }, payloadOf(request))
      const said = notice(`resources.${resource.rules.id}.notices.${name}`, { count: ids.length, ...params })
      const after = await resource.findMany(ids)
      await resource.lookUpReferences(after)
      await resource.lookBeside(after)
      const records = after.map((record) => record.toJSON(context.currentAdmin))
      return { notice: said, ...outcome, record: records[0], records }
    },
  }
}
