/** How a paid line ships: stored files, accounting requests, documents, mails, links and exports. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table stored_files (
    id uuid primary key default gen_random_uuid(),
    office_id bigint not null references organisations,
    organisation_id bigint references organisations,
    storage_key text not null unique,
    original_name text not null,
    mime text not null,
    size bigint not null check (size >= 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    created_by bigint, created_at timestamptz not null default now()
  );
  create index stored_files_office on stored_files (office_id);

  -- «Папка хранилища файлов» of an organisation (S3-03).
  create table folder_files (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    file_id uuid not null references stored_files,
    title text not null,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade
  );
  create index folder_files_organisation on folder_files (organisation_id, id desc);

  create table accounting_requests (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    seller_id bigint not null references organisations,
    contract_id bigint references contracts,
    number text not null,
    series_number bigint not null,
    series_year integer not null,
    state text not null default 'queued' check (state in ('queued', 'sent', 'done', 'failed', 'acknowledged')),
    channel text not null default 'mail',
    shipment_on date not null,
    total_minor bigint not null,
    currency text not null check (currency in ('RUB', 'KZT', 'BYN')),
    line_count integer not null check (line_count > 0),
    attempts integer not null default 0,
    next_try_at timestamptz,
    sent_at timestamptz,
    sent_to text,
    answered_at timestamptz,
    answered_via text check (answered_via in ('link', 'office', 'xlsx')),
    answered_by text,
    outcome text check (outcome in ('confirmed', 'refused', 'timed_out', 'undelivered')),
    failure_code text,
    failure_text text,
    external_number text,
    acknowledged_by bigint,
    acknowledged_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    unique (seller_id, series_year, series_number),
    check (state <> 'sent' or sent_at is not null),
    check (state not in ('done', 'failed') or outcome is not null),
    check (state <> 'acknowledged' or acknowledged_at is not null)
  );
  create index accounting_requests_office on accounting_requests (office_id, id desc);
  create index accounting_requests_state on accounting_requests (office_id, state, id desc);
  create index accounting_requests_organisation on accounting_requests (organisation_id, id desc);
  create index accounting_requests_waiting on accounting_requests (sent_at) where state = 'sent';

  create table accounting_request_lines (
    id bigint generated always as identity primary key,
    request_id bigint not null references accounting_requests,
    line_id bigint not null references invoice_lines,
    office_id bigint not null,
    organisation_id bigint not null,
    is_open boolean not null default true,
    tax_document_kind text check (tax_document_kind in ('upd', 'tax_invoice')),
    tax_document_number text,
    tax_document_on date,
    external_number text,
    comment text,
    unique (request_id, line_id)
  );
  -- The rule «a line waits in one request at most», kept by the database however many people press the button.
  create unique index accounting_request_lines_open on accounting_request_lines (line_id) where is_open;
  create index accounting_request_lines_line on accounting_request_lines (line_id, id desc);

  create table documents (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    seller_id bigint not null references organisations,
    invoice_id bigint references invoices,
    request_id bigint references accounting_requests,
    batch_id bigint,
    kind text not null check (kind in ('invoice', 'act', 'licence', 'tax_invoice', 'upd')),
    number text not null,
    series_number bigint,
    series_year integer,
    issued_on date not null,
    total_minor bigint not null default 0,
    currency text not null default 'RUB' check (currency in ('RUB', 'KZT', 'BYN')),
    state text not null default 'generating'
      check (state in ('generating', 'ready', 'published', 'cancelled', 'failed')),
    data jsonb,
    template_version integer,
    file_id uuid references stored_files,
    sha256 text,
    page_count integer,
    verification_code text unique,
    failure_code text,
    published_at timestamptz,
    published_by bigint,
    seen_at timestamptz,
    cancelled_at timestamptz,
    cancelled_by bigint,
    cancel_reason text,
    replaces_id bigint references documents,
    replaced_by_id bigint references documents deferrable initially deferred,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    unique (seller_id, kind, series_year, series_number),
    check (state not in ('ready', 'published') or file_id is not null),
    check (state <> 'published' or published_at is not null),
    check (state <> 'cancelled' or replaced_by_id is not null or kind = 'invoice')
  );
  create index documents_office on documents (office_id, id desc);
  create index documents_kind on documents (office_id, kind, state, id desc);
  create index documents_organisation on documents (organisation_id, id desc);
  create index documents_batch on documents (batch_id);
  create index documents_number on documents using gin (lower(number) gin_trgm_ops);
  create unique index documents_invoice on documents (invoice_id) where kind = 'invoice' and state <> 'cancelled';

  -- An issued document is never edited: its content, file and number are frozen by the database itself.
  create function freeze_document() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then raise exception 'document % cannot be deleted', old.id using errcode = '42501'; end if;
    if old.state in ('ready', 'published', 'cancelled') and
       (new.kind, new.number, new.issued_on, new.total_minor, new.currency, new.data, new.template_version, new.file_id,
        new.sha256, new.organisation_id, new.seller_id, new.verification_code) is distinct from
       (old.kind, old.number, old.issued_on, old.total_minor, old.currency, old.data, old.template_version, old.file_id,
        old.sha256, old.organisation_id, old.seller_id, old.verification_code)
    then raise exception 'document % is issued and cannot be edited', old.id using errcode = '42501'; end if;
    return new;
  end $$;
  create trigger documents_frozen before update or delete on documents for each row execute function freeze_document();

  create table document_lines (
    id bigint generated always as identity primary key,
    document_id bigint not null references documents,
    line_id bigint not null references invoice_lines,
    kind text not null check (kind in ('act', 'licence', 'tax_invoice', 'upd')),
    is_active boolean not null default true,
    unique (document_id, line_id)
  );
  -- «Two acts for one line» is impossible, not forbidden.
  create unique index document_lines_once on document_lines (line_id, kind) where is_active and kind in ('act', 'licence');
  create index document_lines_line on document_lines (line_id);

  create table mails (
    id bigint generated always as identity primary key,
    office_id bigint references organisations,
    organisation_id bigint references organisations,
    kind text not null,
    dedup_key text not null unique,
    params jsonb not null default '{}',
    recipient text,
    recipient_name text,
    language text not null default 'ru' check (language in ('ru', 'en')),
    subject text,
    state text not null default 'waiting'
      check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'no_address')),
    message_id text unique,
    server_reply text,
    failure_code text,
    failure_text text,
    batch_id bigint,
    sent_at timestamptz,
    settled_by bigint,
    settled_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    check (state <> 'sent' or (sent_at is not null and recipient is not null)),
    check (state <> 'no_address' or recipient is null)
  );
  create index mails_office on mails (office_id, id desc);
  create index mails_trouble on mails (office_id, state, id desc) where state in ('uncertain', 'failed', 'no_address');
  create index mails_organisation on mails (organisation_id, id desc);

  -- A personal link for somebody without an account. Only the hash of its token is kept.
  create table access_links (
    id bigint generated by default as identity primary key,
    office_id bigint not null references organisations,
    purpose text not null check (purpose in ('accounting_answer', 'documents', 'export')),
    subject_id bigint not null,
    recipient text,
    token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    is_single_use boolean not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now()
  );
  create index access_links_subject on access_links (purpose, subject_id);
  create index access_links_expiry on access_links (expires_at);

  create table exports (
    id bigint generated always as identity primary key,
    office_id bigint references organisations,
    report text not null,
    params jsonb not null default '{}',
    language text not null default 'ru' check (language in ('ru', 'en')),
    state text not null default 'queued'
      check (state in ('queued', 'running', 'ready', 'failed', 'cancelled', 'expired')),
    rows_total bigint,
    rows_done bigint not null default 0,
    control_minor jsonb not null default '{}',
    file_id uuid references stored_files,
    failure_code text,
    cancel_requested boolean not null default false,
    started_at timestamptz,
    finished_at timestamptz,
    expires_at timestamptz,
    schedule_key text unique,
    mail_to text[],
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    check (state <> 'ready' or (file_id is not null and expires_at is not null))
  );
  create index exports_office on exports (office_id, id desc);
  create index exports_author on exports (created_by, id desc);
  create index exports_expiry on exports (expires_at) where state = 'ready';

  create table report_schedules (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    report text not null,
    every text not null check (every in ('day', 'month')),
    params jsonb not null default '{}',
    language text not null default 'ru' check (language in ('ru', 'en')),
    recipients text[] not null check (cardinality(recipients) between 1 and 20),
    is_active boolean not null default true,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz
  );
  create index report_schedules_office on report_schedules (office_id);

  alter table organisations add column accounting_email text;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table organisations drop column accounting_email;
  drop table report_schedules, exports, access_links, mails, document_lines, documents, accounting_request_lines,
    accounting_requests, folder_files, stored_files;
  drop function freeze_document();
  `)
