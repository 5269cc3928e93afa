/** Text messages to phones: one row for one cause and reader, as with letters; the text itself is never kept. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table sms_messages (
    id bigint generated always as identity primary key,
    office_id bigint references organisations,
    kind text not null,
    dedup_key text not null unique,
    params jsonb not null default '{}',
    -- E.164 and nothing else: what a gateway makes of another spelling is its own guess.
    phone text check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
    language text not null check (language in ('ru', 'en')),
    state text not null default 'waiting'
      check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'no_phone')),
    segments integer,
    gateway_id text,
    failure_code text,
    failure_text text,
    created_at timestamptz not null,
    sent_at timestamptz,
    check (state <> 'sent' or (sent_at is not null and phone is not null)),
    check (state <> 'no_phone' or phone is null)
  );
  create index sms_messages_trouble on sms_messages (state, id desc) where state in ('uncertain', 'failed', 'no_phone');
  `)

export const down = (db: QueryInterface) => db.sequelize.query('drop table sms_messages')
