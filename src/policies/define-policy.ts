/** What a policy is and the four questions it answers; silence is refusal. */
import type { Model, ModelStatic, WhereOptions } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import type { Actor, Role } from './actor.ts'

/** May this actor do it at all (`record` absent), or to this record? Synchronous and cheap: asked for every row. */
export type Rule<M extends Model> = (actor: Actor, record?: M) => boolean

export type Policy<M extends Model = Model> = Readonly<{
  model: ModelStatic<M>
  /** Which rows exist for this actor; null when none do. */
  scope: (actor: Actor) => WhereOptions | null
  /** Attributes that never leave the server. */
  hidden: readonly string[]
  /** Attributes a form may set; everything else posted is dropped. */
  writable: readonly string[]
  /** Verb → rule. A verb that is not here is refused to everybody. */
  verbs: Readonly<Record<string, Rule<M>>>
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

/** Whether the verb is allowed on a model (`can(actor, 'new', Invoice)`) or on a record of it. */
export function can<M extends Model>(actor: Actor, verb: string, subject: ModelStatic<M> | M): boolean {
  if (typeof subject === 'function') return policyOf(subject).verbs[verb]?.(actor) ?? false
  const model = subject.constructor as ModelStatic<M>
  return isInScope(actor, subject) && (policyOf(model).verbs[verb]?.(actor, subject) ?? false)
}

/** @throws DomainError `forbidden` */
export function authorise<M extends Model>(actor: Actor, verb: string, subject: ModelStatic<M> | M): void {
  if (!can(actor, verb, subject)) throw new DomainError('forbidden')
}

/** The `where` of everything this actor may know of. @throws DomainError `forbidden` when that is nothing. */
export function scopeFor<M extends Model>(actor: Actor, model: ModelStatic<M>): WhereOptions {
  const scope = policyOf(model).scope(actor)
  if (scope === null) throw new DomainError('forbidden')
  return scope
}

// A scope is a plain equality on columns of the row, so the same rule can be asked of a record in hand.
function isInScope<M extends Model>(actor: Actor, record: M): boolean {
  const scope = policyOf(record.constructor as ModelStatic<M>).scope(actor)
  if (scope === null) return false
  return Object.entries(scope).every(([attribute, value]) => record.get(attribute) === value)
}

const seesAllOffices = (actor: Actor): boolean =>
  actor.role === 'administrator' || actor.role === 'support' || actor.role === 'system'

/** Rows of the actor's own office; of every office for those who serve them all; of none for anybody else. */
export const ownOffice = (actor: Actor): WhereOptions | null => {
  if (seesAllOffices(actor)) return {}
  return actor.officeId === null ? null : { officeId: actor.officeId }
}

/** A rule that asks for one of these roles only. */
export const roles =
  (...allowed: Role[]) =>
  (actor: Actor): boolean =>
    allowed.includes(actor.role)
