/** An account in a bank whose key does not hold is kept, accepted with a reason and confirmed by another person. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table bank_accounts
    add column requisites_faults jsonb not null default '{}',
    add column requisites_override_reason text,
    add column requisites_override_by bigint,
    add column requisites_override_at timestamptz,
    add column requisites_confirmed_by bigint,
    add column requisites_confirmed_at timestamptz,
    add column requisites_state text not null generated always as (
      case
        when requisites_faults = '{}' then 'right'
        when requisites_override_at is null then 'wrong'
        when requisites_confirmed_at is null then 'accepted'
        else 'confirmed'
      end
    ) stored,
    add check (requisites_override_reason is null or requisites_override_at is not null),
    add check (requisites_confirmed_at is null or requisites_override_at is not null),
    add check (requisites_confirmed_by <> requisites_override_by);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table bank_accounts
    drop column requisites_state,
    drop column requisites_faults,
    drop column requisites_override_reason,
    drop column requisites_override_by,
    drop column requisites_override_at,
    drop column requisites_confirmed_by,
    drop column requisites_confirmed_at;
  `)
