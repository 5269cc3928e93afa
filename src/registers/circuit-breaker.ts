/** Owns the patience with a service that fails: after some failures in a row nobody waits for it for a while. */

export type CircuitBreaker = Readonly<{
  /** Whether to ask at all. When the pause is over one caller may try, the rest wait for what it learns. */
  mayTry: (now: number) => boolean
  succeeded: () => void
  /** @param pauseMs how long to leave it alone from now on, whatever the count */
  failed: (now: number, pauseMs?: number) => void
}>

/** Times are milliseconds of one clock, whichever. */
export function createCircuitBreaker({
  failures,
  pauseMs,
}: {
  failures: number
  pauseMs: number
}): CircuitBreaker {
  let inRow = 0
  let openUntil = 0
  return {
    mayTry(now) {
      if (now < openUntil) return false
      // The pause begins anew for everybody but this caller.
      if (inRow >= failures) openUntil = now + pauseMs
      return true
    },
    succeeded() {
      inRow = 0
      openUntil = 0
    },
    failed(now, asked) {
      inRow += 1
      if (asked !== undefined) openUntil = now + asked
      else if (inRow >= failures) openUntil = now + pauseMs
    },
  }
}
