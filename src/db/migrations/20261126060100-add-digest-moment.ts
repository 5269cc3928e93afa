/** A digest tells what happened since the one before: the moment each was put together. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table notification_digests add column claimed_at timestamptz not null default now();
  alter table notification_digests alter column claimed_at drop default;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('alter table notification_digests drop column claimed_at')
