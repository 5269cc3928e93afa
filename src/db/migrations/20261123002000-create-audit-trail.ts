/** The audit trail: rows that can be added and never changed, sealed one after another into a hash chain. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table audit_events (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor_kind text not null check (actor_kind in ('user', 'system', 'link')),
    actor_id bigint,
    actor_name text not null,
    operation text not null,
    subject_type text not null,
    subject_id bigint not null,
    office_id bigint,
    organisation_id bigint,
    changes jsonb not null default '{}',
    note text
  );
  create index audit_events_subject on audit_events (subject_type, subject_id, id desc);
  create index audit_events_organisation on audit_events (organisation_id, id desc);
  create index audit_events_office on audit_events (office_id, id desc);

  -- Seals are written by a job after the events commit, so that the chain never makes two operations wait for each other.
  create table audit_seals (
    position bigint primary key check (position > 0),
    event_id bigint not null unique references audit_events,
    previous_hash bytea not null,
    hash bytea not null,
    sealed_at timestamptz not null default clock_timestamp()
  );

  create function refuse_change() returns trigger language plpgsql as $$
  begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;
  create trigger audit_events_append_only before update or delete or truncate on audit_events
    for each statement execute function refuse_change();
  create trigger audit_seals_append_only before update or delete or truncate on audit_seals
    for each statement execute function refuse_change();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table audit_seals, audit_events;
  drop function refuse_change();
  `)
