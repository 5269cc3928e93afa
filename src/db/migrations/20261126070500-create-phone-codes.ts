/** Codes that prove a phone: one for a person, replaced by the next. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table phone_codes (
    user_id bigint primary key references users,
    phone text not null check (phone ~ '^[+][1-9][0-9]{6,14}$'),
    -- The code is derived from it with a key of the installation; only a keyed fingerprint of it is kept.
    salt text not null,
    code_print text not null check (code_print ~ '^[A-Za-z0-9-]{1,32}[.][0-9a-f]{64}$'),
    tries integer not null default 0 check (tries between 0 and 5),
    sent_at timestamptz not null,
    expires_at timestamptz not null
  );
  `)

export const down = (db: QueryInterface) => db.sequelize.query(`drop table phone_codes;`)
