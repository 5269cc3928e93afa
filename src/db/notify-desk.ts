/** Tells the open screens, once the transaction commits, that something they show has changed. */
import { sequelize } from './sequelize.ts'

export type DeskChange = Readonly<{
  /** Screens of this office; absent = of all. */
  officeId?: number
  /** Only the screens of this person. */
  userId?: number
  topic: 'counters' | 'work'
}>

/** Sends in the ambient transaction: PostgreSQL delivers it at commit and forgets it at rollback. */
export async function notifyDesk(change: DeskChange): Promise<void> {
  await sequelize.query("select pg_notify('desk', $1)", { bind: [JSON.stringify(change)] })
}
