/** An address that letters do not reach is known at its person and its organisation until it is changed. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table users add column email_failing_since timestamptz, add column email_failing_reason text;
  alter table organisations add column email_failing_since timestamptz, add column email_failing_reason text;

  -- Another address has its own fate.
  create function forget_failing_email() returns trigger language plpgsql as $$
  begin
    new.email_failing_since := null;
    new.email_failing_reason := null;
    return new;
  end $$;
  create trigger users_email_changed before update of email on users for each row
    when (old.email is distinct from new.email) execute function forget_failing_email();
  create trigger organisations_email_changed before update of email on organisations for each row
    when (old.email is distinct from new.email) execute function forget_failing_email();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop trigger organisations_email_changed on organisations;
  drop trigger users_email_changed on users;
  drop function forget_failing_email();
  alter table organisations drop column email_failing_since, drop column email_failing_reason;
  alter table users drop column email_failing_since, drop column email_failing_reason;
  `)
