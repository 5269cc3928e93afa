/** Background work: the outbox is its only record, batches group it, job runs remember which period was done. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    create table batches (
      id bigint generated always as identity primary key,
      kind text not null,
      office_id bigint,
      organisation_id bigint,
      created_by bigint,
      total integer not null default 0 check (total >= 0),
      state text not null default 'open' check (state in ('open', 'done', 'failed')),
      params jsonb not null default '{}',
      created_at timestamptz not null default now(),
      done_at timestamptz
    );
    create index batches_open on batches (id) where state = 'open';
    create index batches_recent on batches (kind, created_at desc);
    create index batches_office on batches (office_id, created_at desc);

    create table outbox (
      id bigint generated always as identity primary key,
      topic text not null,
      dedup_key text,
      payload jsonb not null,
      state text not null default 'new' check (state in ('new', 'work', 'done', 'dead', 'uncertain')),
      priority integer not null default 0,
      attempts integer not null default 0,
      crashes integer not null default 0,
      max_attempts integer not null default 5 check (max_attempts > 0),
      next_at timestamptz not null default now(),
      lease_token uuid,
      lease_until timestamptz,
      error_code text,
      last_error text,
      batch_id bigint,
      office_id bigint,
      created_at timestamptz not null default now(),
      done_at timestamptz,
      unique (topic, dedup_key),
      check ((state = 'work') = (lease_token is not null and lease_until is not null)),
      check ((state = 'done') = (done_at is not null))
    ) with (
      autovacuum_vacuum_scale_factor = 0.02,
      autovacuum_vacuum_insert_scale_factor = 0.05,
      autovacuum_analyze_scale_factor = 0.05,
      autovacuum_vacuum_cost_delay = 0
    );
    create index outbox_due on outbox (topic, priority desc, next_at, id) where state = 'new' and crashes = 0;
    create index outbox_crashed on outbox (topic, next_at, id) where state = 'new' and crashes > 0;
    create index outbox_leased on outbox (lease_until) where state = 'work';
    create index outbox_failed on outbox (topic, created_at desc) where state in ('dead', 'uncertain');
    create index outbox_unfinished on outbox (batch_id) where batch_id is not null and state in ('new', 'work');
    create index outbox_batch on outbox (batch_id) where batch_id is not null;

    create function outbox_notify() returns trigger language plpgsql as $$
    begin
      perform pg_notify('outbox', topic)
      from (select distinct topic from inserted where state = 'new' and next_at <= now()) as due;
      return null;
    end $$;
    create trigger outbox_inserted after insert on outbox
      referencing new table as inserted for each statement execute function outbox_notify();

    create table scheduled_jobs (
      name text primary key,
      cron text not null,
      timezone text not null,
      description_ru text not null,
      description_en text not null,
      timeout_ms integer not null,
      paused boolean not null default false,
      last_started_at timestamptz,
      last_finished_at timestamptz,
      last_result text check (last_result in ('ok', 'failed')),
      error_code text,
      last_error text,
      last_duration_ms integer,
      next_run_at timestamptz
    );

    create table job_runs (
      id bigint generated always as identity primary key,
      job text not null,
      period text,
      worker text not null,
      attempts integer not null default 1,
      lease_token uuid,
      lease_until timestamptz,
      started_at timestamptz not null default now(),
      finished_at timestamptz,
      result text check (result in ('ok', 'failed')),
      error_code text,
      error text,
      details jsonb,
      unique (job, period),
      check ((finished_at is null) = (result is null)),
      check ((finished_at is null) = (lease_token is not null and lease_until is not null))
    );
    create index job_runs_recent on job_runs (job, started_at desc);
    create unique index job_runs_one_at_a_time on job_runs (job) where finished_at is null;
    create index job_runs_finished on job_runs (finished_at) where finished_at is not null`)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    drop table job_runs;
    drop table scheduled_jobs;
    drop table outbox;
    drop function outbox_notify();
    drop table batches`)
