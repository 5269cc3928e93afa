/** Owns the rules of state machines: what a table promises, and what it refuses. */

import test from 'ava'
import { defineStates } from '../../src/domain/define-states.ts'
import { DomainError, isDomainError } from '../../src/domain/errors.ts'

const door = defineStates('closed', {
  closed: { open: 'open', lock: 'locked' },
  open: { close: 'closed' },
  locked: { unlock: 'closed', burn: 'ashes' },
  ashes: {},
})

test('a step in the table leads to its state', (t) => {
  t.is(door.initial, 'closed')
  t.is(door.next('closed', 'open'), 'open')
  t.true(door.can('locked', 'unlock'))
})

test('a step outside the table is refused by naming the event and the state', (t) => {
  t.false(door.can('open', 'lock'))
  const error = t.throws(() => door.next('open', 'lock'), { instanceOf: DomainError })
  t.true(isDomainError(error, 'state-refuses'))
  t.deepEqual(error.params, { event: 'lock', from: 'open' })
})

test('names inherited by every object are no states and no events', (t) => {
  t.false(door.can('closed', 'toString' as never))
  t.deepEqual(door.events('constructor' as never), [])
})

test('events and states keep the order of the table', (t) => {
  t.deepEqual(door.states, ['closed', 'open', 'locked', 'ashes'])
  t.deepEqual(door.events('closed'), ['open', 'lock'])
  t.deepEqual(door.events('ashes'), [])
})

test('the states that accept an event can be asked for', (t) => {
  t.deepEqual(door.statesWhere('unlock'), ['locked'])
  t.deepEqual(door.statesWhere('open'), ['closed'])
})

test('a state nobody can reach is refused when the machine is defined', (t) => {
  t.throws(() => defineStates('a', { a: { go: 'b' }, b: {}, island: { go: 'a' } }), { message: /island/ })
})

test('a step to a state that is not defined is refused when the machine is defined', (t) => {
  // @ts-expect-error the compiler refuses it too
  t.throws(() => defineStates('a', { a: { go: 'nowhere' } }), { message: /nowhere/ })
})

test('the diagram draws each step once and marks the ends', (t) => {
  t.is(
    door.diagram(),
    [
      'stateDiagram-v2',
      '  [*] --> closed',
      '  closed --> open: open',
      '  closed --> locked: lock',
      '  open --> closed: close',
      '  locked --> closed: unlock',
      '  locked --> ashes: burn',
      '  ashes --> [*]',
    ].join('\n'),
  )
})
