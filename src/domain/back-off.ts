/** Owns how long failed work waits before the next try. */

const minute = 60

/** A schedule of tries: `delays[n]` seconds pass after failure n+1; the last delay serves all later ones. */
export type BackOff = Readonly<{ attempts: number; delays: readonly number[] }>

/** Requests to accounting: after 1, 5, 15 and 60 minutes, then hourly; six tries in all. */
export const accountingBackOff: BackOff = {
  attempts: 6,
  delays: [1 * minute, 5 * minute, 15 * minute, 60 * minute],
}

/** Letters: twelve tries over more than two hours, so that an hour without SMTP loses nothing. */
export const mailBackOff: BackOff = {
  attempts: 12,
  delays: [
    10,
    30,
    1 * minute,
    2 * minute,
    4 * minute,
    8 * minute,
    15 * minute,
    20 * minute,
    30 * minute,
    30 * minute,
    60 * minute,
  ],
}

/**
 * How many seconds to wait after the `failures`-th failure, or null when no try is left. `jitter` in [0, 1) spreads
 * a crowd by ±10%: pass `Math.random()`, or nothing for the exact figure.
 */
export function nextDelay(backOff: BackOff, failures: number, jitter = 0.5): number | null {
  if (failures >= backOff.attempts) return null
  const delay = backOff.delays[Math.max(failures, 1) - 1] ?? backOff.delays.at(-1) ?? minute
  return delay * (0.9 + jitter * 0.2)
}
