/** A policy's scope as SQL: which rows of a table an actor may know of. */
import type { Model, ModelStatic } from 'sequelize'
import type { Actor } from '../policies/actor.ts'
import { can, scopeFor, scopeOf } from '../policies/define-policy.ts'
import type { Binds } from './rows.ts'

/** A condition for `where`, true for everything when the actor sees all, and the binds it needs. */
export type Visible = Readonly<{ sql: string; bind: Binds }>

const everything = 'true'

/**
 * @param alias of the table in the query. Two visibilities of one query may share their binds: equal names carry equal
 * values, for a scope depends on the actor and the model alone.
 * @throws DomainError `forbidden` when no row exists for this actor
 */
export function visible<M extends Model>(actor: Actor, model: ModelStatic<M>, alias: string): Visible {
  const attributes = model.getAttributes() as Record<string, { field?: string }>
  const bind: Record<string, unknown> = {}
  const conditions = Object.entries(scopeFor(actor, model)).map(([attribute, value]) => {
    const column = `${alias}.${attributes[attribute]?.field ?? attribute}`
    if (value === null) return `${column} is null`
    const name = `scope_${model.name}_${attribute}`
    bind[name] = value
    return Array.isArray(value) ? `${column} = any($${name})` : `${column} = $${name}`
  })
  return { sql: conditions.join(' and ') || everything, bind }
}

/** The same, or null when the actor may not list the model at all. */
export const visibleIfListed = <M extends Model>(
  actor: Actor,
  model: ModelStatic<M>,
  alias: string,
): Visible | null =>
  can(actor, 'list', model) && scopeOf(actor, model) !== null ? visible(actor, model, alias) : null
