/** People of clients: accounts of the same table as the staff's, and what each of them is at which organisation. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table users
    alter column password_hash drop not null,
    add column phone text,
    add column email_confirmed_at timestamptz,
    add column phone_confirmed_at timestamptz,
    add column level text not null default 'simplified' check (level in ('simplified', 'standard', 'confirmed')),
    drop constraint users_role_check,
    add constraint users_role_check check (role in ('administrator', 'operator', 'accountant', 'support', 'client')),
    drop constraint users_state_check,
    add constraint users_state_check check (state in ('invited', 'active', 'blocked')),
    drop constraint users_check,
    add constraint users_office_check check (
      case when role = 'client' then office_id is null
           else role in ('administrator', 'support') or office_id is not null end),
    -- Nobody is active without a way to sign in that they chose themselves.
    add constraint users_password_check check (state <> 'active' or password_hash is not null);

  create table memberships (
    id bigint generated always as identity primary key,
    user_id bigint not null references users,
    office_id bigint not null references organisations,
    organisation_id bigint,
    employee_id bigint references employees,
    role text not null check (role in ('head', 'employee', 'applicant')),
    state text not null default 'pending' check (state in ('pending', 'active', 'refused', 'blocked', 'departed')),
    reason text,
    decided_by bigint references users,
    decided_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    check (role = 'applicant' or organisation_id is not null),
    check (state = 'pending' or decided_at is not null)
  );
  -- One standing for one person at one place; what was refused or left behind may be asked for again.
  create unique index memberships_standing on memberships (user_id, office_id, organisation_id) nulls not distinct
    where state in ('pending', 'active', 'blocked');
  create index memberships_organisation on memberships (organisation_id, id);
  create index memberships_office on memberships (office_id, id);
  create index memberships_waiting on memberships (office_id) where state = 'pending';

  -- Which organisation a person acts for is a matter of the session, so that two windows may differ.
  comment on table memberships is 'What a person is at an organisation, or at an office as an applicant';
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table memberships;
  delete from sessions where user_id in (select id from users where role = 'client');
  delete from users where role = 'client';
  update users set password_hash = '', state = 'blocked' where password_hash is null;
  alter table users
    drop constraint users_password_check,
    drop constraint users_office_check,
    add constraint users_check check (role in ('administrator', 'support') or office_id is not null),
    drop constraint users_state_check,
    add constraint users_state_check check (state in ('active', 'blocked')),
    drop constraint users_role_check,
    add constraint users_role_check check (role in ('administrator', 'operator', 'accountant', 'support')),
    drop column level,
    drop column phone_confirmed_at,
    drop column email_confirmed_at,
    drop column phone,
    alter column password_hash set not null;
  `)
