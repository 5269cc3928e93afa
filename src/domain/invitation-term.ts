/** How long an invitation is good for (S4-08): sixty days to the second, with a reminder before the end. */

const DAY = 24 * 3_600_000

export const invitationDays = 60
export const reminderDays = 7

/** Exact instants, not calendar days: a change of clocks in between must not move the end. */
export const invitationEnd = (sentAt: Date): Date => new Date(sentAt.getTime() + invitationDays * DAY)

/** What ends by this moment is reminded of at `now`. */
export const remindedUntil = (now: Date): Date => new Date(now.getTime() + reminderDays * DAY)
