/** What a person is told, what they chose to be told by, and which day's digest they have had. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table notifications (
    id bigint generated always as identity primary key,
    recipient_id bigint not null references users on delete cascade,
    office_id bigint references organisations,
    -- The client the recipient is told of as one of its people; null for staff.
    organisation_id bigint references organisations,
    kind text not null,
    subject_type text not null,
    subject_id bigint not null,
    -- Which of several events of one kind with one subject: a version, a day. One event tells one person once.
    occasion text not null default '',
    params jsonb not null default '{}',
    in_bell boolean not null,
    email text not null check (email in ('off', 'now', 'digest')),
    sms boolean not null,
    created_at timestamptz not null,
    read_at timestamptz,
    unique (kind, subject_id, recipient_id, occasion)
  );
  create index notifications_bell on notifications (recipient_id, id desc) where in_bell;
  create index notifications_unread on notifications (recipient_id, id desc) where in_bell and read_at is null;
  create index notifications_digest on notifications (recipient_id, id) where email = 'digest' and read_at is null;
  create index notifications_subject on notifications (subject_type, subject_id) where read_at is null;
  create index notifications_age on notifications (created_at);

  -- Only what differs from the catalogue: a kind without a row is told as the catalogue says.
  create table notification_choices (
    user_id bigint not null references users on delete cascade,
    kind text not null,
    in_bell boolean not null,
    email text not null check (email in ('off', 'now', 'digest')),
    sms boolean not null,
    primary key (user_id, kind)
  );

  -- One letter a day for one person: the row is the claim, also when there was nothing to write.
  create table notification_digests (
    user_id bigint not null references users on delete cascade,
    day date not null,
    mail_id bigint references mails,
    primary key (user_id, day)
  );
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('drop table notification_digests, notification_choices, notifications')
