/** Second factors, passkeys, links to a new password, and what a person may know of their own sessions. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table users add column password_changed_at timestamptz;

  alter table sessions
    add column id bigint generated always as identity unique,
    add column way text check (way in ('password', 'code', 'recovery_code', 'passkey')),
    add column address text,
    add column device text,
    add column signed_in_at timestamptz,
    add column seen_at timestamptz;

  create table second_factors (
    user_id bigint primary key references users,
    -- Sealed by DATA_KEYS.
    secret text not null,
    confirmed_at timestamptz,
    -- The step of the last code taken: no code is good twice.
    last_step bigint not null default 0,
    created_at timestamptz not null default now()
  );

  create table recovery_codes (
    user_id bigint not null references users,
    code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
    used_at timestamptz,
    primary key (user_id, code_hash)
  );

  create table passkeys (
    id bigint generated always as identity primary key,
    user_id bigint not null references users,
    credential_id text not null unique,
    public_key text not null,
    counter bigint not null default 0,
    transports text[] not null default '{}',
    name text not null check (length(name) between 1 and 60),
    is_synced boolean not null default false,
    created_at timestamptz not null default now(),
    used_at timestamptz
  );
  create index passkeys_user on passkeys (user_id);

  create table sign_in_rules (
    id bigint generated always as identity primary key,
    role text not null unique check (role in ('administrator', 'operator', 'accountant', 'support', 'client')),
    is_second_factor_required boolean not null default false,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now()
  );

  alter table access_links
    alter column office_id drop not null,
    drop constraint access_links_purpose_check,
    add constraint access_links_purpose_check check (
      purpose in ('accounting_answer', 'documents', 'export', 'password_first', 'password_reset')),
    add constraint access_links_office_check check (
      office_id is not null or purpose in ('password_first', 'password_reset'));

  -- A screen that stays open must hear at once that its session has ended.
  create function tell_session_ended() returns trigger language plpgsql as $$
  begin
    perform pg_notify('desk', json_build_object(
      'topic', 'session', 'userId', case tg_table_name when 'users' then old.id else (to_json(old) ->> 'user_id')::bigint end)::text);
    return null;
  end $$;
  create trigger users_session_ended after update on users for each row
    when (old.session_version <> new.session_version or old.state <> new.state
          or (old.deleted_at is null) <> (new.deleted_at is null))
    execute function tell_session_ended();
  create trigger sessions_ended after delete on sessions for each row when (old.user_id is not null)
    execute function tell_session_ended();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop trigger sessions_ended on sessions;
  drop trigger users_session_ended on users;
  drop function tell_session_ended();
  delete from access_links where purpose in ('password_first', 'password_reset');
  alter table access_links
    drop constraint access_links_office_check,
    drop constraint access_links_purpose_check,
    add constraint access_links_purpose_check check (purpose in ('accounting_answer', 'documents', 'export')),
    alter column office_id set not null;
  drop table sign_in_rules, passkeys, recovery_codes, second_factors;
  alter table sessions
    drop column seen_at, drop column signed_in_at, drop column device, drop column address, drop column way, drop column id;
  alter table users drop column password_changed_at;
  `)
