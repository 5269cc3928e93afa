/** When a cron line fires, in its own time zone. */
import { CronExpressionParser } from 'cron-parser'

/** Five fields (or six, with seconds first) and the IANA time zone they are read in. */
export type Cron = Readonly<{ cron: string; timezone: string }>

const parse = ({ cron, timezone }: Cron, currentDate: Date) =>
  CronExpressionParser.parse(cron, { currentDate, tz: timezone })

/** The first instant after `now`. */
export const nextFire = (every: Cron, now: Date): Date => parse(every, now).next().toDate()

/** The last instant not after `now`. */
export const lastFire = (every: Cron, now: Date): Date =>
  // The parser looks strictly before its date, so an instant that fires right now needs one more millisecond.
  parse(every, new Date(now.getTime() + 1))
    .prev()
    .toDate()

/** Throws when the line or the zone cannot be read, so that a typing error stops the process at its start. */
export const checkCron = (every: Cron): void => {
  parse(every, new Date()).next()
}
