/** What passkeys were asked to sign and did: nothing is signed twice. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table spent_challenges (
    challenge text primary key,
    spent_at timestamptz not null default now()
  );
  create index spent_challenges_at on spent_challenges (spent_at);
  `)

export const down = (db: QueryInterface) => db.sequelize.query(`drop table spent_challenges;`)
