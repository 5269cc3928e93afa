/** Tells the open screens, in every process, that something they show has changed. */
import { QueryTypes } from 'sequelize'
import { sequelize } from './sequelize.ts'

/** Which screens look again: those of people, of a client, else the staff's of the office or of all offices. */
export type DeskNotice = Readonly<{
  /** `session`: somebody's way in has changed; their open streams find out whether they may stay. */
  topic: 'counters' | 'work' | 'notifications' | 'session'
  officeId?: number | null
  organisationId?: number | null
  userId?: number | null
  userIds?: readonly number[]
}>

export const deskChannel = 'desk'

/** Sent when the ambient transaction commits, never if it rolls back; equal notices of one transaction arrive once. */
export async function notifyDesk(notice: DeskNotice): Promise<void> {
  await sequelize.query(`select pg_notify($1, $2)`, {
    type: QueryTypes.SELECT,
    bind: [deskChannel, JSON.stringify(notice)],
  })
}

/** The staff of the office and the client count anew: the lists, the numbers and the rows of both. */
export async function notifyBothSides({
  officeId,
  organisationId,
}: Readonly<{ officeId: number; organisationId: number }>): Promise<void> {
  await notifyDesk({ officeId, topic: 'counters' })
  await notifyDesk({ organisationId, topic: 'counters' })
}
