/** Indexes of the search box, the queue and the home page: each serves one question asked while a person waits. */
import type { QueryInterface } from 'sequelize'

/** Beginnings of names and numbers, once within an office and once for those who see all offices. */
const beginnings = [
  ['organisations', 'tax_id', 'tax_id'],
  ['organisations', 'registration_number', 'registration_number'],
  ['organisations', 'begins', 'left(search_name, 100)'],
  ['employees', 'begins', 'left(search_name, 100)'],
  ['contracts', 'number', 'lower(number)'],
  ['invoices', 'number', 'lower(number)'],
  ['invoices', 'order', 'lower(portal_order_number)'],
  ['accounting_requests', 'number', 'lower(number)'],
  ['documents', 'number', 'lower(number)'],
] as const

const phoneDigits = `regexp_replace(phone, '\\D', '', 'g')`

/** A phone without its code, the last digits of an order: a prefix of the text turned round. */
const endings = [
  ['organisations', 'phone_ends', phoneDigits],
  ['employees', 'phone_ends', phoneDigits],
  ['invoices', 'number_ends', 'lower(number)'],
  ['invoices', 'order_ends', 'lower(portal_order_number)'],
  ['invoice_lines', 'order_ends', 'lower(portal_order_number)'],
  ['documents', 'number_ends', 'lower(number)'],
] as const

// These two exist already without the office.
const known = new Set(['organisations tax_id', 'organisations registration_number'])

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  ${beginnings
    .map(([table, name, column]) => {
      const all = `create index ${table}_any_${name} on ${table} ((${column}) text_pattern_ops);`
      return `create index ${table}_office_${name} on ${table} (office_id, (${column}) text_pattern_ops);
        ${known.has(`${table} ${name}`) ? '' : all}`
    })
    .join('\n')}
  create index invoice_lines_any_order on invoice_lines (lower(portal_order_number) text_pattern_ops);
  create index organisations_office_kpp on organisations (office_id, kpp);

  create index invoices_series on invoices (series_number, office_id);
  create index accounting_requests_series on accounting_requests (series_number, office_id);
  create index documents_series on documents (series_number, office_id);

${endings
  .map(
    ([table, name, column]) =>
      `create index ${table}_${name} on ${table} (reverse(${column}) text_pattern_ops);`,
  )
  .join('\n')}
  create index organisations_phone_begins on organisations (right(${phoneDigits}, 10) text_pattern_ops);
  create index employees_phone_begins on employees (right(${phoneDigits}, 10) text_pattern_ops);

  create index accounting_requests_answered on accounting_requests (office_id, answered_at) where answered_at is not null;
  create index contracts_ending on contracts (office_id, valid_to) where valid_to is not null and deleted_at is null;
  create index documents_issued on documents (office_id, issued_on);
  create index documents_failed on documents (office_id, id desc) where state = 'failed';
  create index documents_request on documents (request_id) where request_id is not null;
  create index exports_failed on exports (created_by, id desc) where state = 'failed';
  create index invoice_lines_shipped on invoice_lines (office_id, shipped_on) where shipped_on is not null;
  create index invoices_settled on invoices (office_id, paid_on) include (due_on) where state = 'paid';
  create index invoices_contract on invoices (contract_id, id desc) where contract_id is not null;
  create index batches_author on batches (created_by, id desc);

  -- How often a fragment occurs decides how it is looked for, so the planner must know it to a tenth of a per cent.
  alter table organisations alter column search_name set statistics 1000;
  alter table employees alter column search_name set statistics 1000;
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table organisations alter column search_name set statistics -1;
  alter table employees alter column search_name set statistics -1;
  ${beginnings
    .map(([table, name]) => {
      const all = known.has(`${table} ${name}`) ? '' : `drop index ${table}_any_${name};`
      return `drop index ${table}_office_${name}; ${all}`
    })
    .join('\n')}
  drop index invoice_lines_any_order, organisations_office_kpp, invoices_series, accounting_requests_series, documents_series,
    ${endings.map(([table, name]) => `${table}_${name}`).join(', ')},
    organisations_phone_begins, employees_phone_begins, accounting_requests_answered, contracts_ending,
    documents_issued, documents_failed, documents_request, exports_failed, invoice_lines_shipped, invoices_settled,
    invoices_contract, batches_author;
  `)
