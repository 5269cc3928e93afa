/** Scheduled: every morning the registers that accountants subscribed to, of yesterday or of the month before. */
import { addDays, monthBounds, today } from '../src/domain/calendar.ts'
import { Organisation } from '../src/models/organisation.ts'
import { ReportSchedule } from '../src/models/report-schedule.ts'
import { requestRegister } from '../src/operations/exports/export-register.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { countRegister } from '../src/queries/reports/read-register.ts'
import { defineJob } from './define-job.ts'

export const mailRegisters = defineJob({
  name: 'mail-registers',
  description: { ru: 'Рассылка реестров бухгалтерам', en: 'Registers mailed to accountants' },
  every: { cron: '0 7 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 30 * 60_000,
  async run({ now, signal }) {
    const schedules = await ReportSchedule.findAll({ where: { isActive: true }, order: ['id'] })
    let ordered = 0
    for (const schedule of schedules) {
      signal.throwIfAborted()
      const office = await Organisation.findByPk(schedule.officeId, { rejectOnEmpty: true })
      const period = periodOf(schedule, today(office.timezone, now))
      if (period === null) continue
      const selection = {
        // Both are ours: an id of the database and days of the calendar.
        condition: `l.office_id = ${schedule.officeId} and l.paid_on between '${period.from}' and '${period.to}'`,
        order: 'l.paid_on, l.id',
      }
      await requestRegister(systemContext('mail-registers', now), {
        ...selection,
        period,
        officeId: schedule.officeId,
        rowsExpected: await countRegister(selection),
        language: schedule.language,
        scheduleKey: `schedule-${schedule.id}-${period.from}-${period.to}`,
        mailTo: schedule.recipients,
      })
      ordered += 1
    }
    return { ordered }
  },
})

/** Yesterday for a daily register; the month before on the first of a month for a monthly one. */
function periodOf({ every }: ReportSchedule, day: string): { from: string; to: string } | null {
  const yesterday = addDays(day, -1)
  if (every === 'day') return { from: yesterday, to: yesterday }
  if (!day.endsWith('-01')) return null
  const { first, last } = monthBounds(yesterday)
  return { from: first, to: last }
}
