/** All or nothing: a transaction, or a savepoint inside one, and what happens once it is kept. */
import { setTimeout as sleep } from 'node:timers/promises'
import { BaseError } from 'sequelize'
import { log } from '../log.ts'
import { ambient, currentTransaction, sequelize, withAmbient } from './sequelize.ts'

type Effect = () => unknown

const EFFECTS = 'afterCommit'
const ATTEMPTS = 3
// PostgreSQL's advice for both is to run the whole transaction again.
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'

const collidedWithAnother = (fault: unknown): boolean => {
  const cause = fault instanceof BaseError ? (fault as { original?: unknown }).original : fault
  const code = (cause as { code?: unknown } | undefined)?.code
  return code === SERIALIZATION_FAILURE || code === DEADLOCK
}

const once = async <T>(work: () => Promise<T>): Promise<{ result: T; effects: Effect[] }> => {
  const effects: Effect[] = []
  const outer = currentTransaction()
  const result = await withAmbient(EFFECTS, effects, () =>
    sequelize.transaction(outer ? { transaction: outer } : {}, () => work()),
  )
  return { result, effects }
}

const withRetries = async <T>(work: () => Promise<T>) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(work)
    } catch (fault) {
      if (attempt === ATTEMPTS || !collidedWithAnother(fault)) throw fault
      log.debug({ attempt, err: fault }, 'transaction collided with another, running it again')
      await sleep(attempt * 20 + Math.random() * 50)
    }
  }
}

const runEffects = async (effects: Effect[]): Promise<void> => {
  for (const effect of effects) {
    try {
      await effect()
    } catch (fault) {
      // The data is kept already: the caller must not be told that the operation failed.
      log.error({ err: fault }, 'an effect after commit failed')
    }
  }
}

/**
 * Runs `work` in a transaction every query of the call chain joins by itself; inside another one, in a savepoint.
 * A throw undoes all of it. The outermost runs again, up to 3 times, when the database reports a deadlock or a
 * serialization failure, so `work` must have no effect outside the database: leave those to {@link afterCommit}.
 */
export const atomic = async <T>(work: () => Promise<T>): Promise<T> => {
  const outerEffects = ambient(EFFECTS) as Effect[] | undefined
  const { result, effects } = currentTransaction() ? await once(work) : await withRetries(work)
  if (outerEffects && currentTransaction()) outerEffects.push(...effects)
  else await runEffects(effects)
  return result
}

/**
 * Runs `effect` once the outermost `atomic` is committed, in order of registration; never if it, or the savepoint
 * this was called in, rolls back. Outside of `atomic` it runs at once. Its failure is logged, not thrown.
 */
export const afterCommit = (effect: Effect): void => {
  const effects = ambient(EFFECTS) as Effect[] | undefined
  if (effects && currentTransaction()) effects.push(effect)
  else void runEffects([effect])
}
