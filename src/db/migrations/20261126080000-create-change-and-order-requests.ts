/** What clients ask for in the cabinet: a change of their own requisites, and services of the price list. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table change_requests (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    organisation_id bigint not null,
    -- Field → { before, after }: what the head read, and what it should become.
    changes jsonb not null check (jsonb_typeof(changes) = 'object' and changes <> '{}'),
    reason text,
    state text not null default 'pending' check (state in ('pending', 'accepted', 'refused', 'withdrawn')),
    decision_reason text,
    decided_by bigint references users,
    decided_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    check ((state = 'pending') = (decided_at is null)),
    check (state <> 'refused' or btrim(decision_reason) <> '')
  );
  -- Two wishes at once would contradict each other.
  create unique index change_requests_open on change_requests (organisation_id) where state = 'pending';
  create index change_requests_organisation on change_requests (organisation_id, id);
  create index change_requests_office on change_requests (office_id, id);

  create table order_requests (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    organisation_id bigint not null,
    product_id bigint not null references products,
    quantity numeric(12, 3) not null check (quantity > 0),
    comment text check (length(comment) <= 2000),
    state text not null default 'placed' check (state in ('placed', 'invoiced', 'refused', 'withdrawn')),
    invoice_id bigint references invoices,
    decision_reason text,
    decided_by bigint references users,
    decided_at timestamptz,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    check ((state = 'placed') = (decided_at is null)),
    check ((state = 'invoiced') = (invoice_id is not null)),
    check (state <> 'refused' or btrim(decision_reason) <> '')
  );
  create index order_requests_organisation on order_requests (organisation_id, id);
  create index order_requests_office on order_requests (office_id, id);
  create index order_requests_placed on order_requests (office_id) where state = 'placed';
  create index order_requests_invoice on order_requests (invoice_id);
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`drop table order_requests; drop table change_requests;`)
