/** Owns how long failed work waits before the next try. */

const minute = 60

/** A schedule of `attempts` tries: `delays[n]` seconds pass after failure n+1; the last delay serves all later ones. */
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

/** Work inside this house, which fails by defects rather than by absences: a few tries close together. */
export const briefBackOff = (attempts: number): BackOff => ({ attempts, delays: [1, 3, 9, 27, 81] })

/** Seconds to wait after the `failures`-th failure. `jitter` in [0, 1) spreads a crowd by ±10%: 0.5 is the exact figure. */
export function delayAfter({ delays }: BackOff, failures: number, jitter = Math.random()): number {
  const delay = delays[Math.max(failures, 1) - 1] ?? delays.at(-1) ?? minute
  return delay * (0.9 + jitter * 0.2)
}
