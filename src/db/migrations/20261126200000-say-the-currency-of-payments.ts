/** A payment says its currency, which is that of its invoice: a sum without one reads as roubles. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table payments add column currency text check (currency in ('RUB', 'KZT', 'BYN'));
  update payments p set currency = i.currency from invoices i where i.id = p.invoice_id;
  alter table payments alter column currency set not null;
  `)

export const down = (db: QueryInterface) => db.sequelize.query(`alter table payments drop column currency;`)
