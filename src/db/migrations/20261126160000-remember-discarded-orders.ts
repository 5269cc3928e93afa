/** A draft that was thrown away remembers the orders it was made of, so that its restoration takes back exactly those. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table invoices add column discarded_orders jsonb not null default '[]'
    check (jsonb_typeof(discarded_orders) = 'array');
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`alter table invoices drop column discarded_orders;`)
