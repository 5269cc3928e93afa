/** Owns when an unpaid invoice is reminded of, counted in days from its due day. */

import { addDays, daysBetween } from './calendar.ts'

/** The steps and their days; the names are what the table `invoice_reminders` keeps, one row per step. */
export const reminderSteps = { before_3: -3, after_1: 1, after_7: 7, after_14: 14 } as const

export type ReminderStep = keyof typeof reminderSteps

/** How long a client has to pay when the contract says nothing, in days. */
export const defaultPaymentDays = 10

/** The due day of an invoice issued on a day. */
export function dueOn(issuedOn: string, paymentDays = defaultPaymentDays): string {
  return addDays(issuedOn, paymentDays)
}

/** Whether the due day has passed; the due day itself is still in time. */
export function isOverdue(dueDay: string, todayOn: string): boolean {
  return dueDay < todayOn
}

/**
 * The one step whose time has come: the latest reached, so that after days of silence a client gets one letter,
 * not a pile. Null before the first step.
 */
export function reminderStepOn(dueDay: string, todayOn: string): ReminderStep | null {
  const late = daysBetween(dueDay, todayOn)
  const steps = Object.keys(reminderSteps) as ReminderStep[]
  return steps.findLast((step) => reminderSteps[step] <= late) ?? null
}
