/** Owns the end of a report: the first thing that fails ends every wait, whatever else still hangs. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Remembers what failed first and ends every wait at that moment. */
export type Guard = {
  failed: () => Error | null
  check: () => void
  /** The outcome of `work`, or the failure if that comes first. */
  until: <T>(work: T | Promise<T>) => Promise<T>
  /** True for the first failure only. */
  fail: (error: Error) => boolean
}

/** Not Promise.race: racing a promise that lives as long as the report would keep every batch of rows in memory. */
export function createGuard(): Guard {
  let failed: Error | null = null
  const waiting = new Set<(error: Error) => void>()
  return {
    failed: () => failed,
    check() {
      if (failed) throw failed
    },
    async until<T>(work: T | Promise<T>): Promise<T> {
      if (failed) {
        Promise.resolve(work).catch(() => null) // Its own end no longer matters, but must not go unhandled.
        throw failed
      }
      let release: ((error: Error) => void) | null = null
      try {
        return await new Promise<T>((resolve, reject) => {
          release = reject
          waiting.add(release)
          Promise.resolve(work).then(resolve, reject)
        })
      } finally {
        if (release) waiting.delete(release)
      }
    },
    fail(error) {
      if (failed) return false
      failed = error
      for (const release of waiting) release(error)
      return true
    },
  }
}

export const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)))

/** Reads an async iterable batch by batch; a failure ends the wait even when the source never answers. */
export async function* guarded<T>(source: AsyncIterable<T>, guard: Guard): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let finished = false
  try {
    while (true) {
      const { done, value } = await guard.until(iterator.next())
      finished = done === true
      if (finished) return
      yield value as T
    }
  } finally {
    // The cursor is closed before the failure is told, but a source that hangs may not hold it back. What
    // closing says of itself is of no interest beside the reason for it.
    if (!finished)
      await Promise.race([
        Promise.resolve(iterator.return?.()).catch(() => null),
        sleep(1000, null, { ref: false }),
      ])
  }
}
