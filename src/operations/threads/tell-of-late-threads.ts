/** Questions that have waited longer than a working day are marked, and whoever answers them, or the office, hears of each once. */
import { Op } from 'sequelize'
import { workingDayAgo } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { Organisation } from '../../models/organisation.ts'
import { Thread } from '../../models/thread.ts'
import { rows } from '../../queries/rows.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'
import { refreshScreens } from './tell-of-thread.ts'

/** Offices where somebody waits, each with its own clock. */
export const officesThatOwe = (): Promise<{ officeId: number }[]> =>
  rows(
    `select distinct office_id as "officeId" from threads where state = 'waiting_office' and late_at is null`,
  )

/** At most `limit` of one office, the longest wait first; how many were marked. What another run holds is passed over. */
export const tellOfLateThreads = operation(
  'thread.tell-late',
  async ({ actor, now }, { officeId, limit }: { officeId: number; limit: number }): Promise<number> => {
    if (actor.role !== 'system') throw new DomainError('forbidden')
    const { timezone } = await Organisation.findByPk(officeId, { rejectOnEmpty: true })
    const late = await Thread.findAll({
      where: {
        officeId,
        state: 'waiting_office',
        lateAt: null,
        waitingSince: { [Op.lt]: workingDayAgo(timezone, now) },
      },
      order: ['waitingSince', 'id'],
      limit,
      lock: true,
      skipLocked: true,
    })
    for (const thread of late) {
      await thread.update({ lateAt: now })
      await notify({
        kind: 'message-late',
        subjectId: thread.id,
        // One wait: who asks again before the answer has been waiting since the first time.
        occasion: thread.waitingSince?.toISOString() ?? '',
        officeId,
        organisationId: thread.organisationId,
        authorId: thread.assigneeId,
        now,
      })
      await refreshScreens(thread)
    }
    return late.length
  },
)
