/** A question that has waited longer than a working day is marked, once for each wait. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table threads add column late_at timestamptz,
    add constraint threads_late_check check (late_at is null or waiting_since is not null);
  create index threads_not_late on threads (office_id, waiting_since) where state = 'waiting_office' and late_at is null;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`alter table threads drop constraint threads_late_check, drop column late_at;`)
