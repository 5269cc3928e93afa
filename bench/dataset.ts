/** Bench: a database of the size the product is meant for, filled in bulk and once per database. */
import type { PoolClient } from 'pg'
import { pool } from '../src/db/pool.ts'

/** How many rows of each kind; lines are 10 for every 3 invoices. */
export type DatasetSize = {
  organisations: number
  employees: number
  contracts: number
  invoices: number
  acts: number
}

export const fullSize: DatasetSize = {
  organisations: 1_000_000,
  employees: 700_000,
  contracts: 500_000,
  invoices: 1_500_000,
  acts: 300_000,
}

/** The two offices: the large one owns 95 % of the organisations. */
export const offices = { large: 1, small: 2 } as const

const tables = [
  'organisations',
  'employees',
  'contracts',
  'invoices',
  'invoice_lines',
  'stored_files',
  'documents',
  'document_lines',
  'accounting_requests',
  'accounting_request_lines',
] as const

type Step = { table: (typeof tables)[number]; sql: string }

const pick = (list: string[], by: string) =>
  `(array[${list.map((item) => `'${item}'`).join(',')}])[1 + (${by})]`

const firstWords =
  'Северный Южный Восточный Западный Балтийский Уральский Сибирский Волжский Донской Невский Камский Окский Алтайский Приморский Заречный Верхний Нижний Новый Старый Первый Единый Общий Главный Городской Областной Русский Центральный Полярный Степной Горный Лесной Морской Речной Озёрный Красный Белый Золотой Серебряный Зелёный Синий Чистый Быстрый Надёжный Точный Ясный Светлый Звёздный Радужный Солнечный Вольный'.split(
    ' ',
  )
const secondWords =
  'завод центр сервис дом союз комбинат проект стандарт эксперт аудит капитал ресурс транспорт монтаж металл бетон кирпич трест холдинг альянс партнёр контроль надзор институт сертификат регистр полигон терминал склад маркет портал вектор формат баланс импульс горизонт маяк якорь парус ветер рассвет прогресс гарант прибор станок двигатель насос клапан кабель провод'.split(
    ' ',
  )
const trades =
  'Логистика Строй Энерго Нефтегаз Агро Фарма Мед Софт Телеком Связь Печать Мебель Текстиль Обувь Пищепром Молоко Хлеб Рыба Мясо Зерно Корма Семена Вода Тепло Свет Газ Уголь Руда Сталь Титан'.split(
    ' ',
  )
const surnames =
  'Иванов Петров Сидоров Кузнецов Смирнов Попов Васильев Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин'.split(
    ' ',
  )
const names =
  'Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Матвей Роман Егор Арсений Иван Денис Евгений Даниил Тимофей'.split(
    ' ',
  )
const patronymics =
  'Александрович Дмитриевич Сергеевич Андреевич Алексеевич Ильич Михайлович Романович Иванович Евгеньевич Петрович Павлович'.split(
    ' ',
  )

// The check digit is the real one, so that the organisations pass the rules of the product.
const taxId = `lpad((g * 37 % 89 + 1)::text, 2, '0') || lpad(g::text, 7, '0')`
const checkDigit = [2, 4, 10, 3, 5, 9, 4, 6, 8]
  .map((weight, at) => `${weight} * substr(base, ${at + 1}, 1)::integer`)
  .join(' + ')

const organisations = (count: number): string => `
  insert into organisations (id, office_id, country, kind, roles, name, short_name, tax_id, kpp, registration_number,
    region_code, phone, email, head_name, state, created_at, updated_at)
  overriding system value
  select g, case when g <= 2 then g when g % 20 = 0 then 2 else 1 end,
    case when g % 25 = 0 then 'BY' when g % 16 = 0 then 'KZ' else 'RU' end,
    case when g % 10 = 7 then 'entrepreneur' else 'legal' end,
    case when g <= 2 then array['seller'] else array['client'] end,
    case when g % 10 = 7 then 'ИП ' || ${pick(surnames, 'g * 7 % 40')} || ' ' || ${pick(names, 'g / 7 % 20')} || ' ' ||
        ${pick(patronymics, 'g / 11 % 12')}
      else (array['ООО', 'ООО', 'ООО', 'АО', 'ПАО', 'ЗАО', 'ТОО', 'ОАО'])[1 + g * 13 % 8] || ' «' ||
        ${pick(firstWords, 'g * 31 % 50')} || ' ' || ${pick(secondWords, 'g / 50 % 50')} || ' ' ||
        ${pick(trades, 'g / 2500 % 30')} || ' ' || (g / 750 + 1) || '»' end,
    null, base || ((${checkDigit}) % 11 % 10),
    case when g % 10 = 7 then null else substr(base, 1, 2) || '0101001' end,
    '1' || lpad((g % 25)::text, 2, '0') || substr(base, 1, 2) || lpad(g::text, 8, '0'), substr(base, 1, 2),
    '+79' || lpad((g::bigint * 7919 % 1000000000)::text, 9, '0'), 'office' || g || '@client.example',
    ${pick(surnames, 'g % 40')} || ' ' || ${pick(names, 'g % 20')} || ' ' || ${pick(patronymics, 'g % 12')},
    case when g % 50 = 3 then 'draft' else 'active' end,
    now() - make_interval(mins => (${count} - g)), now() - make_interval(mins => (${count} - g))
  from generate_series(1, ${count}) as g, lateral (select ${taxId} as base) as made`

const employees = (count: number, of: number): string => `
  insert into employees (office_id, organisation_id, surname, name, patronymic, position, is_head, email, phone)
  select o.office_id, o.id, ${pick(surnames, 'g * 11 % 40')}, ${pick(names, 'g * 3 % 20')},
    ${pick(patronymics, 'g % 12')}, case when g % 3 = 0 then 'Директор' else 'Бухгалтер' end, g % 3 = 0,
    'person' || g || '@client.example', '+79' || lpad((g::bigint * 104729 % 1000000000)::text, 9, '0')
  from generate_series(1, ${count}) as g join organisations o on o.id = 3 + g::bigint * 7 % (${of} - 2)`

const contracts = (count: number, of: number): string => `
  insert into contracts (id, office_id, organisation_id, seller_id, kind, number, signed_on, valid_to)
  overriding system value
  select g, o.office_id, o.id, o.office_id, case when g % 2 = 0 then 'offer' else 'contract' end,
    'КВС-' || g, current_date - (g % 700)::integer,
    case when g % 3 = 0 then current_date - (g % 700)::integer + 730 end
  from generate_series(1, ${count}) as g join organisations o on o.id = 3 + (g - 1) * 2 % (${of} - 2)`

// Five prices, VAT inside; a line's sum depends on its invoice and place only, so invoices add up without a second pass.
const lineTotal = `(array[450000, 104500, 219000, 790000, 135000])[1 + (i.id + p) % 5]::bigint * (1 + (i.id + p) % 3)`
const lineVat = `round(${lineTotal} * 22 / 122.0)::bigint`
const places = `generate_series(1, case when i.id % 3 = 0 then 4 else 3 end) as p`

const invoices = (count: number, of: number): string => `
  insert into invoices (id, office_id, organisation_id, seller_id, contract_id, state, number, series_number, series_year,
    issued_on, due_on, currency, net_minor, vat_minor, total_minor, paid_minor, paid_on, portal_order_number,
    cancel_reason, created_at, updated_at)
  overriding system value
  select i.id, i.office_id, i.organisation_id, i.office_id, i.contract_id, i.state,
    case when i.state <> 'draft' then 'СЧ-' || extract(year from i.day) || '-' || lpad(i.id::text, 6, '0') end,
    case when i.state <> 'draft' then i.id end,
    case when i.state <> 'draft' then extract(year from i.day)::integer end,
    case when i.state <> 'draft' then i.day end, case when i.state <> 'draft' then i.day + 10 end, 'RUB',
    sums.total - sums.vat, sums.vat, sums.total,
    case i.state when 'paid' then sums.total when 'part_paid' then sums.total / 2 else 0 end,
    case when i.state in ('paid', 'part_paid') then least(i.day + (i.id % 9)::integer, current_date) end,
    'ОФ' || lpad((i.id % 90)::text, 3, '0') || '-' || lpad(i.id::text, 6, '0'),
    case when i.state = 'cancelled' then 'Заказ отозван' end, i.day, i.day
  from (
    select g as id, o.office_id, o.id as organisation_id, c.id as contract_id,
      current_date - 1 - ((${count} - g) / (${count} / 1000.0))::integer as day,
      case when g > ${count} * 0.995 and g % 3 = 0 then 'draft' when g % 40 = 0 then 'cancelled'
        when g > ${count} * 0.97 and g % 3 = 1 then 'issued' when g % 500 = 7 then 'part_paid'
        when g % 700 = 11 then 'issued' else 'paid' end as state
    from generate_series(1, ${count}) as g
      join organisations o on o.id = 3 + g::bigint * 6007 % (${of} - 2)
      left join contracts c on c.id = (o.id - 1) / 2 and o.id % 2 = 1 and c.organisation_id = o.id
  ) as i, lateral (select sum(${lineTotal})::bigint as total, sum(${lineVat})::bigint as vat from ${places}) as sums`

const lines = (count: number): string => `
  insert into invoice_lines (office_id, organisation_id, invoice_id, position, name, kind, unit, unit_code, quantity,
    price_minor, currency, vat_percent, net_minor, vat_minor, total_minor, portal_order_number, state, paid_on,
    shipped_on, created_at, updated_at)
  select i.office_id, i.organisation_id, i.id, p,
    (array['Сертификат ЭП «Базовый», 12 мес.', 'Лицензия СКЗИ, 1 рабочее место', 'Носитель ключа Рутокен ЭЦП 3.0',
      'Сертификат ЭП «Торговый», 12 мес.', 'Лицензия СКЗИ, 12 мес.'])[1 + (i.id + p) % 5],
    (array['service', 'licence', 'goods', 'service', 'licence'])[1 + (i.id + p) % 5], 'шт', '796', 1 + (i.id + p) % 3,
    (array[450000, 104500, 219000, 790000, 135000])[1 + (i.id + p) % 5], 'RUB', 22, ${lineTotal} - ${lineVat},
    ${lineVat}, ${lineTotal}, i.portal_order_number, s.state,
    case when s.state not in ('ordered', 'cancelled') then i.paid_on end,
    case when s.state in ('shipped', 'acted', 'published') then i.paid_on + 1 end, i.created_at, i.created_at
  from invoices i, ${places}, lateral (select case i.state when 'cancelled' then 'cancelled'
    when 'paid' then case when i.id > ${count} * 0.992 then 'paid' when i.id > ${count} * 0.99 then 'shipping_requested'
      when i.id > ${count} * 0.985 then 'shipped' when i.id > ${count} * 0.96 then 'acted' else 'published' end
    else 'ordered' end as state) as s
  order by i.id, p`

const files = `
  insert into stored_files (office_id, storage_key, original_name, mime, size, sha256)
  select office, 'bench/' || office, 'act.pdf', 'application/pdf', 1, repeat('0', 64) from unnest(array[1, 2]) as office`

const acts = (count: number): string => `
  insert into documents (office_id, organisation_id, seller_id, kind, number, series_number, series_year, issued_on,
    total_minor, currency, state, template_version, file_id, sha256, page_count, published_at, created_at, updated_at)
  select i.office_id, i.organisation_id, i.office_id, 'act', 'АКТ-' || extract(year from i.paid_on) || '-' ||
    lpad(i.id::text, 6, '0'), i.id, extract(year from i.paid_on)::integer, i.paid_on + 1, i.total_minor, 'RUB',
    case when l.state = 'published' then 'published' else 'ready' end, 1, f.id, f.sha256, 1,
    case when l.state = 'published' then i.paid_on + time '12:00' end, i.paid_on, i.paid_on
  from invoices i join invoice_lines l on l.invoice_id = i.id and l.position = 1
    join stored_files f on f.office_id = i.office_id
  where l.state in ('acted', 'published') order by i.id desc limit ${count}`

const actLines = `
  insert into document_lines (document_id, line_id, kind)
  select d.id, l.id, 'act' from documents d join invoice_lines l on l.invoice_id = d.series_number where d.kind = 'act'`

const requests = `
  insert into accounting_requests (office_id, organisation_id, seller_id, contract_id, number, series_number, series_year,
    state, shipment_on, total_minor, currency, line_count, attempts, sent_at, sent_to, answered_at, answered_via,
    outcome, acknowledged_at, created_at, updated_at)
  select i.office_id, i.organisation_id, i.office_id, i.contract_id,
    'ЗБ-' || extract(year from i.paid_on) || '-' || lpad(i.id::text, 6, '0'), i.id,
    extract(year from i.paid_on)::integer, s.state, i.paid_on, i.total_minor, 'RUB',
    case when i.id % 3 = 0 then 4 else 3 end, 1, i.paid_on + time '10:00', 'buh@office.example',
    case when s.state <> 'sent' then i.paid_on + time '10:06' end, case when s.state <> 'sent' then 'link' end,
    case s.state when 'sent' then null when 'failed' then 'refused' else 'confirmed' end,
    case when s.state = 'acknowledged' then i.paid_on + time '10:30' end, i.paid_on, i.paid_on
  from invoices i join invoice_lines l on l.invoice_id = i.id and l.position = 1,
    lateral (select case when l.state = 'shipping_requested' then case when i.id % 50 = 0 then 'failed' else 'sent' end
      when i.id % 4000 = 1 then 'done' else 'acknowledged' end as state) as s
  where l.state in ('shipping_requested', 'shipped', 'acted')`

const requestLines = `
  insert into accounting_request_lines (request_id, line_id, office_id, organisation_id, is_open)
  select r.id, l.id, l.office_id, l.organisation_id, r.state in ('sent', 'failed')
  from accounting_requests r join invoice_lines l on l.invoice_id = r.series_number`

const steps = (size: DatasetSize): Step[] => [
  { table: 'organisations', sql: organisations(size.organisations) },
  { table: 'employees', sql: employees(size.employees, size.organisations) },
  { table: 'contracts', sql: contracts(size.contracts, size.organisations) },
  { table: 'invoices', sql: invoices(size.invoices, size.organisations) },
  { table: 'invoice_lines', sql: lines(size.invoices) },
  { table: 'stored_files', sql: files },
  { table: 'documents', sql: acts(size.acts) },
  { table: 'document_lines', sql: actLines },
  { table: 'accounting_requests', sql: requests },
  { table: 'accounting_request_lines', sql: requestLines },
]

const mark = (size: DatasetSize) => `certdesk bench ${JSON.stringify(size)}`

type Definition = { name: string; table: string; sql: string }

/**
 * Fills the migrated, empty database of this process; a database filled with the same size before is left as it is.
 * Foreign keys and indexes are taken off for the load and put back after it, which also proves the rows against them.
 * @returns seconds it took; 0 when there was nothing to do
 */
export async function fillDataset(size: DatasetSize = fullSize): Promise<number> {
  const client = await pool().connect()
  try {
    const { rows } = await client.query<{ mark: string | null; filled: boolean }>(
      `select obj_description('organisations'::regclass) as mark, exists (select from organisations) as filled`,
    )
    if (rows[0]?.mark === mark(size)) return 0
    if (rows[0]?.filled) throw new Error('The database of the bench is not empty')
    const started = performance.now()
    await load(client, size)
    // VACUUM sets the visibility map, as a database in use has it.
    for (const table of tables) await client.query(`vacuum (analyze) ${table}`)
    await client.query(`comment on table organisations is '${mark(size)}'`)
    return (performance.now() - started) / 1000
  } finally {
    client.release()
  }
}

async function load(client: PoolClient, size: DatasetSize): Promise<void> {
  await client.query(
    `set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'`,
  )
  const keys = await definitions(
    client,
    `select conname as name, conrelid::regclass::text as table,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as sql
     from pg_constraint where contype = 'f' and conrelid::regclass::text = any ($1)`,
  )
  const indexes = await definitions(
    client,
    `select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, pg_get_indexdef(i.indexrelid) as sql
     from pg_index i where i.indrelid::regclass::text = any ($1)
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  )
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint "${name}"`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  // A document is made ready before it is published; the load writes the end of that road at once.
  for (const step of steps(size)) {
    await client.query(step.sql)
    await client.query(`analyze ${step.table}`)
  }
  for (const { sql } of indexes) await client.query(sql)
  for (const { sql } of keys) await client.query(sql)
  for (const table of ['organisations', 'contracts', 'invoices'])
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
    )
}

async function definitions(client: PoolClient, sql: string): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(sql, [tables])
  return rows
}
