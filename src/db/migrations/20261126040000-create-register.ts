/** The register of organisations of each country: filled from official files, and what other registers have answered. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table register_imports (
    id bigint generated always as identity primary key,
    country text not null check (country in ('RU', 'KZ', 'BY')),
    as_of date not null,
    file_name text not null,
    file_size bigint not null check (file_size >= 0),
    file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
    -- Gone when the import is over: what it held is in the register, and its hash still tells which file it was.
    source_file_id uuid references stored_files,
    -- The rows that were not taken, with their reasons.
    file_id uuid references stored_files,
    language text not null default 'ru' check (language in ('ru', 'en')),
    shape jsonb not null,
    header_row integer not null default 0 check (header_row >= 0),
    mapping jsonb not null default '{}',
    look jsonb not null default '{}',
    state text not null default 'draft'
      check (state in ('draft', 'queued', 'running', 'done', 'failed', 'cancelled')),
    rows_total bigint,
    -- How many rows of the file are settled: written together with them, so a new worker goes on from here.
    rows_read bigint not null default 0,
    rows_bad bigint not null default 0,
    rows_added bigint not null default 0,
    rows_changed bigint not null default 0,
    rows_unchanged bigint not null default 0,
    failure_code text,
    failure_params jsonb not null default '{}',
    cancel_requested boolean not null default false,
    started_at timestamptz,
    finished_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    check (state not in ('draft', 'queued', 'running', 'failed') or source_file_id is not null)
  );
  -- «Two imports at once of one register» is impossible, not forbidden.
  create unique index register_imports_one_at_a_time on register_imports (country) where state in ('queued', 'running');

  create table register_import_faults (
    import_id bigint not null references register_imports on delete cascade,
    row_number bigint not null,
    field text not null,
    code text not null,
    params jsonb not null default '{}',
    cells text[] not null,
    primary key (import_id, row_number)
  );

  create table register_organisations (
    id bigint generated always as identity primary key,
    country text not null,
    tax_id text not null,
    kpp text,
    kind text not null check (kind in ('legal', 'entrepreneur', 'person', 'authority')),
    name text not null,
    short_name text,
    registration_number text,
    address text,
    head_name text,
    head_position text,
    okved text,
    state text not null check (state in ('active', 'reorganising', 'liquidating', 'bankrupt', 'liquidated')),
    as_of date not null,
    -- The import that last changed what is said of it.
    import_id bigint not null references register_imports
  );
  create unique index register_organisations_key on register_organisations (country, tax_id, kpp) nulls not distinct;

  -- What a register outside has answered (the Check of an organisation): asked again when its time is over.
  create table register_checks (
    id bigint generated always as identity primary key,
    country text not null check (country in ('RU', 'KZ', 'BY')),
    tax_id text not null,
    kpp text,
    source text not null,
    outcome text not null check (outcome in ('found', 'not-found')),
    result jsonb,
    as_of timestamptz not null,
    checked_at timestamptz not null,
    valid_until timestamptz not null,
    check (outcome <> 'found' or result is not null),
    check (valid_until > checked_at)
  );
  create unique index register_checks_key on register_checks (country, tax_id, kpp, source) nulls not distinct;
  create index register_checks_expiry on register_checks (valid_until);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table register_checks, register_organisations, register_import_faults, register_imports;
  `)
