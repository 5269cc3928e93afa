/** The papers of people and what was found about them: account levels above the simplified one stand on these rows. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table identities (
    id bigint generated always as identity primary key,
    -- One row for a person, so that nobody is checked twice at once.
    user_id bigint not null unique references users,
    office_id bigint not null references organisations,
    surname text not null,
    name text not null,
    patronymic text,
    country text not null check (country in ('RU', 'KZ', 'BY')),
    -- Sealed by DATA_KEYS; nothing of it stands elsewhere in the clear.
    sealed text not null check (starts_with(sealed, 'v1.')),
    -- Keyed: a bare hash of eleven digits could be tried out.
    number_print text not null check (number_print ~ '^[A-Za-z0-9-]{1,32}[.][0-9a-f]{64}$'),
    state text not null default 'waiting'
      check (state in ('waiting', 'checked', 'refused', 'withdrawn', 'confirmed')),
    submitted_at timestamptz not null,
    answer_source text,
    answer_outcome text check (answer_outcome in ('matches', 'differs', 'unavailable')),
    answered_at timestamptz,
    decided_by bigint references users,
    decided_at timestamptz,
    decision_reason text,
    told_reason text,
    evidence_file_id uuid references stored_files,
    confirmed_way text check (confirmed_way in ('centre', 'post', 'signature')),
    confirmed_by bigint references users,
    confirmed_at timestamptz,
    confirmation_reason text,
    confirmation_file_id uuid references stored_files,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    check ((answer_outcome is null) = (answered_at is null) and (answer_outcome is null) = (answer_source is null)),
    -- Nobody decides about themselves.
    check (decided_by <> user_id and confirmed_by <> user_id),
    check (state in ('waiting', 'withdrawn') or decided_at is not null),
    -- A person decides with a reason and something to show for it; a register by its answer.
    check (state not in ('checked', 'confirmed') or case when decided_by is null
      then answer_outcome is not distinct from 'matches'
      else coalesce(btrim(decision_reason), '') <> '' and evidence_file_id is not null end),
    check (state <> 'refused' or coalesce(btrim(decision_reason), '') <> ''),
    check ((state = 'confirmed') = (confirmed_at is not null) and (confirmed_way is null) = (confirmed_at is null)),
    check (confirmed_way is distinct from 'centre'
      or (confirmed_by is not null and coalesce(btrim(confirmation_reason), '') <> '' and confirmation_file_id is not null))
  );
  -- One number belongs to one person; whoever only claims it holds nothing yet.
  create unique index identities_number on identities (number_print) where state in ('checked', 'confirmed');
  create index identities_office on identities (office_id, id);
  create index identities_waiting on identities (office_id) where state = 'waiting';
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table identities;
  -- Without papers nobody is known better than by an address.
  update users set level = 'simplified' where level <> 'simplified';
  `)
