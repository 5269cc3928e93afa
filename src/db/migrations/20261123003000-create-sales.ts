/** What is sold: products, VAT rates, gapless number series, invoices, their lines and payments. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create table vat_rates (
    id bigint generated always as identity primary key,
    country text not null check (country in ('RU', 'KZ', 'BY')),
    code text not null check (code in ('standard', 'reduced', 'zero')),
    rate_percent numeric(5, 2) not null check (rate_percent >= 0 and rate_percent < 100),
    valid_from date not null,
    valid_to date,
    exclude using gist (country with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
  );

  -- One counter per series, seller and year: numbers are taken under its row lock inside the issuing transaction.
  create table sequences (
    series text not null,
    seller_id bigint not null references organisations,
    year integer not null,
    last bigint not null default 0,
    last_on date,
    primary key (series, seller_id, year)
  );

  create table products (
    id bigint generated always as identity primary key,
    office_id bigint not null references organisations,
    code text not null,
    name text not null,
    kind text not null check (kind in ('service', 'licence', 'goods')),
    unit text not null default 'шт',
    unit_code text not null default '796',
    price_minor bigint not null check (price_minor between 0 and 9000000000000000),
    currency text not null default 'RUB' check (currency in ('RUB', 'KZT', 'BYN')),
    vat_code text check (vat_code in ('standard', 'reduced', 'zero')),
    vat_exemption text,
    licence_text text,
    term_months integer check (term_months > 0),
    seats integer check (seats > 0),
    is_active boolean not null default true,
    search_name text generated always as (search_form(name)) stored,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    unique (office_id, code),
    check ((vat_code is null) <> (vat_exemption is null))
  );

  create table invoices (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    seller_id bigint not null references organisations,
    contract_id bigint references contracts,
    state text not null default 'draft' check (state in ('draft', 'issued', 'part_paid', 'paid', 'cancelled')),
    number text,
    series_number bigint,
    series_year integer,
    issued_on date,
    due_on date,
    currency text not null default 'RUB' check (currency in ('RUB', 'KZT', 'BYN')),
    net_minor bigint not null default 0 check (net_minor between 0 and 9000000000000000),
    vat_minor bigint not null default 0 check (vat_minor between 0 and 9000000000000000),
    total_minor bigint not null default 0 check (total_minor between 0 and 9000000000000000),
    paid_minor bigint not null default 0 check (paid_minor between 0 and 9000000000000000),
    paid_on date,
    portal_order_number text,
    cancel_reason text,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    unique (id, organisation_id),
    unique (seller_id, series_year, series_number),
    check (state = 'draft' or (number is not null and issued_on is not null and due_on is not null)),
    check (state <> 'draft' or number is null),
    check (net_minor + vat_minor = total_minor)
  );
  create index invoices_office on invoices (office_id, id);
  create index invoices_organisation on invoices (organisation_id, id desc);
  create index invoices_state on invoices (office_id, state, due_on);
  create index invoices_unpaid on invoices (due_on) where state in ('issued', 'part_paid');
  create index invoices_issued on invoices (office_id, issued_on desc, id desc);
  create index invoices_number on invoices using gin (lower(number) gin_trgm_ops);
  create index invoices_order on invoices using gin (lower(portal_order_number) gin_trgm_ops);

  create table invoice_lines (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    invoice_id bigint not null,
    position integer not null check (position > 0),
    product_id bigint references products,
    name text not null,
    kind text not null check (kind in ('service', 'licence', 'goods')),
    unit text not null,
    unit_code text not null,
    quantity numeric(12, 3) not null check (quantity > 0),
    price_minor bigint not null check (price_minor between 0 and 9000000000000000),
    currency text not null check (currency in ('RUB', 'KZT', 'BYN')),
    vat_percent numeric(5, 2),
    vat_exemption text,
    net_minor bigint not null check (net_minor between 0 and 9000000000000000),
    vat_minor bigint not null check (vat_minor between 0 and 9000000000000000),
    total_minor bigint not null check (total_minor between 0 and 9000000000000000),
    licence_text text,
    seats integer,
    valid_from date,
    valid_to date,
    portal_order_number text,
    comment text,
    state text not null default 'ordered'
      check (state in ('ordered', 'paid', 'shipping_requested', 'shipped', 'acted', 'published', 'cancelled')),
    paid_on date,
    shipped_on date,
    search_name text generated always as (search_form(name)) stored,
    version integer not null default 0,
    created_by bigint, created_at timestamptz not null default now(),
    updated_by bigint, updated_at timestamptz not null default now(),
    deleted_by bigint, deleted_at timestamptz,
    restored_by bigint, restored_at timestamptz,
    foreign key (invoice_id, organisation_id) references invoices (id, organisation_id) on update cascade,
    foreign key (organisation_id, office_id) references organisations (id, office_id) on update cascade,
    unique (invoice_id, position),
    check ((vat_percent is null) <> (vat_exemption is null)),
    check (net_minor + vat_minor = total_minor)
  );
  create index invoice_lines_office on invoice_lines (office_id, id desc);
  create index invoice_lines_state on invoice_lines (office_id, state, id desc);
  create index invoice_lines_organisation on invoice_lines (organisation_id, id desc);
  create index invoice_lines_paid on invoice_lines (office_id, paid_on desc, id desc);
  create index invoice_lines_search on invoice_lines using gin (search_name gin_trgm_ops);
  create index invoice_lines_order on invoice_lines using gin (lower(portal_order_number) gin_trgm_ops);

  create table payments (
    id bigint generated always as identity primary key,
    office_id bigint not null,
    organisation_id bigint not null,
    invoice_id bigint not null,
    amount_minor bigint not null check (amount_minor > 0),
    paid_on date not null,
    number text not null default '',
    comment text,
    created_by bigint, created_at timestamptz not null default now(),
    foreign key (invoice_id, organisation_id) references invoices (id, organisation_id) on update cascade,
    unique (invoice_id, paid_on, number, amount_minor)
  );
  create index payments_invoice on payments (invoice_id);

  create table invoice_reminders (
    invoice_id bigint not null references invoices,
    step text not null check (step in ('before_3', 'after_1', 'after_7', 'after_14')),
    created_at timestamptz not null default now(),
    primary key (invoice_id, step)
  );
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop table invoice_reminders, payments, invoice_lines, invoices, products, sequences, vat_rates;
  `)
