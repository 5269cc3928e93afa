/** How the last text message to a phone ended is asked whenever its owner is told something. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(
    `create index sms_messages_phone on sms_messages (phone, id desc) where state in ('sent', 'failed', 'uncertain')`,
  )

export const down = (db: QueryInterface) => db.sequelize.query('drop index sms_messages_phone')
