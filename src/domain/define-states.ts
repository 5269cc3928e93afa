/** Owns state machines as data: a table of states and events, checked once when it is defined. */

import { DomainError } from './errors.ts'

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>
type StateOf<T extends Table> = keyof T & string
type EventOf<T extends Table> = { [S in keyof T]: keyof T[S] & string }[keyof T]
type TargetsExist<T extends Table> = { readonly [S in keyof T]: { readonly [E in keyof T[S]]: StateOf<T> } }

/** A state machine: every question about it is answered from the table, nothing else. */
export type States<State extends string, Event extends string> = Readonly<{
  initial: State
  /** In the order of the table, which is the order a person meets them in. */
  states: readonly State[]
  events(from: State): Event[]
  can(from: State, event: Event): boolean
  /** @throws DomainError `state-refuses` {event, from} when the table has no such step. */
  next(from: State, event: Event): State
  /** The states that accept the event: the `where` of a bulk operation and of a partial index. */
  statesWhere(event: Event): State[]
  /** Mermaid text of the machine for the handbook. */
  diagram(): string
}>

/** The states of a machine as a union: `type InvoiceState = StateIn<typeof invoiceStates>`. */
export type StateIn<M> = M extends States<infer State, infer _Event> ? State : never

/**
 * Defines a machine from `table[state][event] = next state`.
 * @throws Error when a state cannot be reached from `initial`: that is a slip of the programmer, not of the user.
 */
export function defineStates<const T extends Table>(
  initial: StateOf<T>,
  table: T & TargetsExist<T>,
): States<StateOf<T>, EventOf<T>> {
  type State = StateOf<T>
  type Event = EventOf<T>

  const steps = new Map(
    Object.entries<Readonly<Record<string, string>>>(table).map(([state, row]) => [
      state as State,
      new Map(Object.entries(row) as [Event, State][]),
    ]),
  )
  const states = [...steps.keys()]
  const step = (from: State, event: Event): State | undefined => steps.get(from)?.get(event)
  refuseUnreachable(initial, steps)

  return {
    initial,
    states,
    events: (from) => [...(steps.get(from)?.keys() ?? [])],
    can: (from, event) => step(from, event) !== undefined,
    next(from, event) {
      const to = step(from, event)
      if (to === undefined) throw new DomainError('state-refuses', { event, from })
      return to
    },
    statesWhere: (event) => states.filter((from) => step(from, event) !== undefined),
    diagram: () => draw(initial, steps),
  }
}

type Steps = ReadonlyMap<string, ReadonlyMap<string, string>>

function refuseUnreachable(initial: string, steps: Steps): void {
  const reached = new Set([initial])
  for (const state of reached) {
    for (const to of steps.get(state)?.values() ?? []) reached.add(to)
  }
  const lost = [...steps.keys()].filter((state) => !reached.has(state))
  const unknown = [...reached].filter((state) => !steps.has(state))
  if (lost.length > 0) throw new Error(`states never reached from ${initial}: ${lost.join(', ')}`)
  if (unknown.length > 0) throw new Error(`steps lead to states that are not defined: ${unknown.join(', ')}`)
}

function draw(initial: string, steps: Steps): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${initial}`]
  for (const [from, row] of steps) {
    for (const [event, to] of row) lines.push(`  ${from} --> ${to}: ${event}`)
    if (row.size === 0) lines.push(`  ${from} --> [*]`)
  }
  return lines.join('\n')
}
