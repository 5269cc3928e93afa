/** VAT rates are kept by people: who made and changed each, and its version. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table vat_rates
    add version integer not null default 0,
    add created_by bigint, add created_at timestamptz not null default now(),
    add updated_by bigint, add updated_at timestamptz not null default now(),
    add constraint vat_rates_span check (valid_to is null or valid_to >= valid_from);
  -- The few requests that failed are where «Отказ» and «Ответа нет» start from.
  create index accounting_requests_failed on accounting_requests (id) where state = 'failed';
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop index accounting_requests_failed;
  alter table vat_rates drop constraint vat_rates_span,
    drop version, drop created_by, drop created_at, drop updated_by, drop updated_at;
  `)
