/** What a policy is and the questions it answers; silence is refusal. */
import type { Model, ModelStatic, WhereOptions } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import { sideOf, type Actor, type Role, type Side } from './actor.ts'

/** May this actor do it at all (`record` absent), or to this record? Synchronous and cheap: asked for every row. */
export type Rule<M extends Model> = (actor: Actor, record?: M) => boolean

/** Which rows exist for this actor: attributes and the value, or values, they must have; null when no row does. */
export type Scope = (actor: Actor) => WhereOptions | null

type Verbs<M extends Model> = Readonly<Record<string, Rule<M>>>

/** What clients may know and do in their cabinet. Columns are named one by one: a new column is nobody's by itself. */
export type ClientSide<M extends Model> = Readonly<{
  scope: Scope
  /** Attributes that may leave the server towards a client. */
  columns: readonly string[]
  writable?: readonly string[]
  verbs: Verbs<M>
}>

export type Policy<M extends Model = Model> = Readonly<{
  model: ModelStatic<M>
  scope: Scope
  /** Attributes that never leave the server. */
  hidden: readonly string[]
  /** Attributes a form may set; everything else posted is dropped. */
  writable: readonly string[]
  /** Verb → rule. A verb that is not here is refused to everybody. */
  verbs: Verbs<M>
  /** Without it clients know nothing of the model. */
  client?: ClientSide<M>
}>

const policies = new Map<ModelStatic<Model>, Policy>()

export function definePolicy<M extends Model>(
  model: ModelStatic<M>,
  policy: Omit<Policy<M>, 'model' | 'hidden' | 'writable'> & Partial<Pick<Policy<M>, 'hidden' | 'writable'>>,
): Policy<M> {
  const complete: Policy<M> = { hidden: [], writable: [], ...policy, model }
  policies.set(model, complete as unknown as Policy)
  return complete
}

/** @throws Error for a model without a policy: nothing of it may be shown, and the programmer must hear of it. */
export function policyOf<M extends Model>(model: ModelStatic<M>): Policy<M> {
  const policy = policies.get(model)
  if (!policy) throw new Error(`no policy for ${model.name}`)
  return policy as unknown as Policy<M>
}

type Rules<M extends Model> = Readonly<{ scope: Scope; verbs: Verbs<M>; writable: readonly string[] }>

const nothing = { scope: () => null, verbs: {}, writable: [] }

/** The half of a policy that speaks to one side. */
function rulesFor<M extends Model>(side: Side, model: ModelStatic<M>): Rules<M> {
  const policy = policyOf(model)
  if (side === 'staff') return policy
  return policy.client ? { writable: [], ...policy.client } : nothing
}

/** Whether the verb is allowed on a model (`can(actor, 'new', Invoice)`) or on a record of it. */
export function can<M extends Model>(actor: Actor, verb: string, subject: ModelStatic<M> | M): boolean {
  if (typeof subject === 'function') return rulesFor(sideOf(actor), subject).verbs[verb]?.(actor) ?? false
  const { verbs } = rulesFor(sideOf(actor), subject.constructor as ModelStatic<M>)
  return isInScope(actor, subject) && (verbs[verb]?.(actor, subject) ?? false)
}

/** @throws DomainError `forbidden` */
export function authorise<M extends Model>(actor: Actor, verb: string, subject: ModelStatic<M> | M): void {
  if (!can(actor, verb, subject)) throw new DomainError('forbidden')
}

/** The `where` of everything this actor may know of. @throws DomainError `forbidden` when that is nothing. */
export function scopeFor<M extends Model>(actor: Actor, model: ModelStatic<M>): WhereOptions {
  const scope = scopeOf(actor, model)
  if (scope === null) throw new DomainError('forbidden')
  return scope
}

/** The same, or null when that is nothing. */
export const scopeOf = <M extends Model>(actor: Actor, model: ModelStatic<M>): WhereOptions | null =>
  rulesFor(sideOf(actor), model).scope(actor)

/** Whether a side knows the verb at all: what resources are checked against at the start. */
export const knowsVerb = <M extends Model>(side: Side, model: ModelStatic<M>, verb: string): boolean =>
  verb in rulesFor(side, model).verbs

/** The attributes of a model that may leave the server towards this side. */
export function columnsFor<M extends Model>(side: Side, model: ModelStatic<M>): string[] {
  const { hidden, client } = policyOf(model)
  const all = Object.keys(model.getAttributes()).filter((name) => !hidden.includes(name))
  return side === 'staff' ? all : all.filter((name) => client?.columns.includes(name))
}

export const writableFor = <M extends Model>(side: Side, model: ModelStatic<M>): readonly string[] =>
  rulesFor(side, model).writable

// A scope is a plain comparison of columns of the row, so the same rule can be asked of a record in hand.
function isInScope<M extends Model>(actor: Actor, record: M): boolean {
  const scope = scopeOf(actor, record.constructor as ModelStatic<M>)
  if (scope === null) return false
  return Object.entries(scope).every(([attribute, wanted]: [string, unknown]) => {
    const value = record.get(attribute)
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted
  })
}

const seesAllOffices = (actor: Actor): boolean =>
  actor.role === 'administrator' || actor.role === 'support' || actor.role === 'system'

/** Rows of the actor's own office; of every office for those who serve them all; of none for anybody else. */
export const ownOffice: Scope = (actor) => {
  if (seesAllOffices(actor)) return {}
  return actor.officeId === null || sideOf(actor) === 'client' ? null : { officeId: actor.officeId }
}

/** Rows of the organisation a client acts for, narrowed further by `also`. */
export const ownOrganisation =
  (also: Readonly<Record<string, unknown>> = {}): Scope =>
  ({ organisationId }) =>
    organisationId === null ? null : { organisationId, ...also }

/** A rule that asks for one of these roles only. */
export const roles =
  (...allowed: Role[]) =>
  (actor: Actor): boolean =>
    allowed.includes(actor.role)
