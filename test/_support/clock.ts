/** Time under the control of a test: operations are handed their "now", nothing reads the real clock. */

/** The instant a wall clock in Moscow shows, from 'YYYY-MM-DD HH:MM'. Moscow keeps UTC+3 all year since 2014. */
export const moscow = (wallClock: string): Date => new Date(`${wallClock.replace(' ', 'T')}+03:00`)

type Span = { days?: number; hours?: number; minutes?: number; seconds?: number }

const milliseconds = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): number =>
  (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000

export const later = (instant: Date, span: Span): Date => new Date(instant.getTime() + milliseconds(span))

/** A clock that stands still until told otherwise. */
export const stoppedClock = (start: Date): { now: () => Date; advance: (span: Span) => Date } => {
  let now = start
  return { now: () => now, advance: (span) => (now = later(now, span)) }
}
