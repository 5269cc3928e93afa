/** Organisations, the people in them, and the staff who serve them. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create extension if not exists pg_trgm;
  create extension if not exists btree_gin;
  create extension if not exists btree_gist;

  -- The search form of a name: letters case and ё fold, quotes vanish. The twin of src/domain/normalise-name.ts.
  create function search_form(value text) returns text language sql immutable parallel safe strict as $$
    select btrim(regexp_replace(lower(translate(value, 'ёЁ–—' || chr(160) || chr(8239) || '«»"“”„‘’''\`', 'еЕ--  ')), '\\s+', ' ', 'g'))
  $$;

  create table organisations (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations deferrable initially deferred,
    country text not null check (country in ('RU', 'KZ', 'BY')),
    kind text not null check (kind in ('legal', 'entrepreneur', 'person', 'authority')),
    roles text[] not null default '{client}'
      check (roles <@ array['client', 'certification_body', 'ca', 'partner', 'seller', 'authorised']),
    name text not null check (length(name) between 1 and 1000),
    short_name text,
    tax_id text,
    kpp text,
    registration_number text,
    okved text,
    legal_address text,
    postal_address text,
    region_code text,
    phone text,
    phone_extension text,
    email text,
    head_name text,
    head_position text,
    head_basis text,
    accountant_name text,
    state text not null default 'draft' check (state in ('draft', 'active', 'blocked')),
    requisites_faults jsonb not null default '{}',
    requisites_override_reason text,
    requisites_override_by bigint,
    requisites_override_at timestamptz,
    requisites_confirmed_by bigint,
    requisites_confirmed_at timestamptz,
    timezone text not null default 'Europe/Moscow',
    language text not null default 'ru' check (language in ('ru', 'en')),
    comment text,
    search_name text generated always as (search_form(name || ' ' || coalesce(short_name, ''))) stored,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    unique (id, office_id),
    check (requisites_override_reason is null or requisites_override_at is not null)
  );
  create unique index organisations_requisites on organisations (office_id, country, tax_id, kpp) nulls not distinct
    where deleted_at is null and tax_id is not null;
  create index organisations_office on organisations (office_id, id);
  create index organisations_tax_id on organisations (tax_id text_pattern_ops);
  create index organisations_registration on organisations (registration_number text_pattern_ops);
  create index organisations_phone on organisations using gin (phone gin_trgm_ops);
  create index organisations_search on organisations using gin (search_name gin_trgm_ops);
  create index organisations_office_name on organisations (office_id, name, id);

  create table users (
    id bigint generated always as identity primary key,
    office_id bigint references organisations,
    email text not null,
    password_hash text not null,
    surname text not null,
    name text not null,
    patronymic text,
    role text not null check (role in ('administrator', 'operator', 'accountant', 'support')),
    state text not null default 'active' check (state in ('active', 'blocked')),
    language text not null default 'ru' check (language in ('ru', 'en')),
    timezone text not null default 'Europe/Moscow',
    session_version integer not null default 0,
    must_change_password boolean not null default false,
    last_sign_in_at timestamptz,
    preferences jsonb not null default '{}',
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    check (role in ('administrator', 'support') or office_id is not null)
  );
  create unique index users_email on users (lower(email));
  create index users_office on users (office_id);

  create table sessions (sid text primary key, sess json not null, expire timestamptz not null, user_id bigint);
  create index sessions_expire on sessions (expire);
  create index sessions_user on sessions (user_id);

  create table sign_in_attempts (
    key text primary key,
    failures integer not null default 0,
    first_failure_at timestamptz not null default now(),
    blocked_until timestamptz
  );

  create table employees (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    surname text not null,
    name text not null,
    patronymic text,
    position text,
    department text,
    is_head boolean not null default false,
    email text,
    phone text,
    phone_extension text,
    search_name text generated always as (search_form(surname || ' ' || name || ' ' || coalesce(patronymic, ''))) stored,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade
  );
  create index employees_organisation on employees (organisation_id);
  create index employees_office on employees (office_id, id);
  create index employees_search on employees using gin (search_name gin_trgm_ops);

  create table bank_accounts (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    bic text not null,
    bank_name text not null,
    correspondent_account text,
    account text not null,
    currency text not null default 'RUB' check (currency in ('RUB', 'KZT', 'BYN')),
    is_main boolean not null default false,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade
  );
  create index bank_accounts_organisation on bank_accounts (organisation_id);
  create unique index bank_accounts_main on bank_accounts (organisation_id, currency) where is_main and deleted_at is null;

  create table contracts (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    seller_id bigint not null references organisations,
    kind text not null default 'contract' check (kind in ('offer', 'contract')),
    number text not null,
    signed_on date not null,
    valid_to date,
    subject text,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    check (valid_to is null or valid_to >= signed_on)
  );
  create index contracts_organisation on contracts (organisation_id);
  create index contracts_office on contracts (office_id, id);
  create index contracts_number on contracts using gin (lower(number) gin_trgm_ops);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table contracts, bank_accounts, employees, sign_in_attempts, sessions, users, organisations;
  drop function search_form(text);
  drop extension btree_gist;
  drop extension btree_gin;
  drop extension pg_trgm;
  `)
