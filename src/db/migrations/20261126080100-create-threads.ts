/** What clients and the office write to each other: threads about a record, messages nobody changes, drafts, read marks. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table threads (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    -- Null for an applicant who belongs to no client.
    organisation_id bigint,
    -- The person of the client who began it; null when the office wrote to the whole organisation.
    person_id bigint references users,
    -- A scope compares plain values, and null compares with nothing: 0 is «everybody of the organisation».
    reader_key bigint generated always as (coalesce(person_id, 0)) stored,
    subject_kind text not null check (subject_kind ~ '^[a-z]+(-[a-z]+)*$'),
    subject_id bigint not null,
    title text not null check (btrim(title) <> '' and length(title) <= 200),
    state text not null default 'waiting_office' check (state in ('waiting_office', 'waiting_client', 'closed')),
    assignee_id bigint references users,
    waiting_since timestamptz,
    last_message_at timestamptz not null,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    check (organisation_id is not null or person_id is not null),
    check ((state = 'waiting_office') = (waiting_since is not null))
  );
  create index threads_office on threads (office_id, last_message_at desc);
  create index threads_organisation on threads (organisation_id, last_message_at desc);
  create index threads_person on threads (person_id);
  create index threads_assignee on threads (assignee_id);
  create index threads_subject on threads (subject_kind, subject_id);
  create index threads_waiting on threads (office_id, waiting_since) where state = 'waiting_office';
  create index threads_title on threads using gin (lower(title) gin_trgm_ops);

  create table messages (
    id bigint generated always as identity primary key,
    thread_id bigint not null references threads,
    author_id bigint not null references users,
    side text not null check (side in ('office', 'client')),
    body text not null check (length(body) <= 10000),
    -- Made by the sender's screen: pressed twice or sent again, it is the same message.
    key uuid not null,
    sent_at timestamptz not null,
    unique (author_id, key)
  );
  create index messages_thread on messages (thread_id, id);

  create function freeze_message() returns trigger language plpgsql as $$
  begin
    raise exception 'message % cannot be changed', old.id using errcode = '42501';
  end $$;
  create trigger messages_frozen before update or delete on messages for each row execute function freeze_message();

  create table message_drafts (
    id bigint generated always as identity primary key,
    user_id bigint not null references users on delete cascade,
    thread_id bigint references threads,
    subject_kind text,
    subject_id bigint,
    title text not null default '' check (length(title) <= 200),
    body text not null default '' check (length(body) <= 10000),
    updated_at timestamptz not null,
    check (num_nonnulls(thread_id, subject_kind) = 1 and num_nonnulls(thread_id, subject_id) = 1)
  );
  create unique index message_drafts_place on message_drafts (user_id, thread_id, subject_kind, subject_id)
    nulls not distinct;

  create table message_files (
    id bigint generated always as identity primary key,
    file_id uuid not null unique references stored_files,
    title text not null,
    draft_id bigint references message_drafts,
    message_id bigint references messages,
    check (num_nonnulls(draft_id, message_id) = 1)
  );
  create index message_files_draft on message_files (draft_id);
  create index message_files_message on message_files (message_id);

  create function freeze_message_file() returns trigger language plpgsql as $$
  begin
    if old.message_id is not null then
      raise exception 'file % belongs to a message', old.id using errcode = '42501';
    end if;
    return coalesce(new, old);
  end $$;
  create trigger message_files_frozen before update or delete on message_files
    for each row execute function freeze_message_file();

  create table thread_reads (
    thread_id bigint not null references threads,
    user_id bigint not null references users on delete cascade,
    -- The last message this person has seen.
    read_to bigint not null,
    read_at timestamptz not null,
    primary key (thread_id, user_id)
  );

  create table reply_templates (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    title text not null check (btrim(title) <> ''),
    body text not null check (btrim(body) <> '' and length(body) <= 10000),
    language text not null default 'ru' check (language in ('ru', 'en')),
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz
  );
  create index reply_templates_office on reply_templates (office_id, id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table reply_templates, thread_reads, message_files, message_drafts, messages, threads;
  drop function freeze_message_file();
  drop function freeze_message();
  `)
