/** The lines of the accountants' register, read through a cursor over one unchanging view of the database. */
import Cursor from 'pg-cursor'
import { Op, QueryTypes, type Model, type ModelStatic, type WhereOptions, Utils } from 'sequelize'
import { dedicatedClient } from '../../db/pool.ts'
import { sequelize } from '../../db/sequelize.ts'

/** One line as the register prints it; amounts in minor units, days as 'YYYY-MM-DD'. */
export type RegisterRow = Readonly<{
  invoiceOn: string | null
  invoiceNumber: string | null
  organisation: string
  taxId: string | null
  kpp: string | null
  contract: string | null
  name: string
  kind: 'service' | 'licence' | 'goods'
  quantity: string
  unit: string
  priceMinor: number
  netMinor: number
  vatPercent: string | null
  vatMinor: number
  totalMinor: number
  paidOn: string | null
  paymentNumber: string | null
  shippedOn: string | null
  act: string | null
  taxDocument: string | null
  licence: string | null
  state: string
  requestState: string | null
  externalNumber: string | null
  manager: string | null
}>

/** Which lines: a condition on `invoice_lines l` in SQL of ours, and the order. */
export type RegisterSelection = Readonly<{ condition: string; order: string }>

const linked: Readonly<Record<string, string>> = {
  invoice_lines: 'l.id',
  invoices: 'l.invoice_id',
  organisations: 'l.organisation_id',
}

// Through a link table: the lines of these requests, of these documents.
const through: Readonly<Record<string, readonly [table: string, key: string]>> = {
  accounting_requests: ['accounting_request_lines', 'request_id'],
  documents: ['document_lines', 'document_id'],
}

/**
 * The lines behind the rows of a list: of these invoices, these clients, these requests.
 * @param where conditions of the list and the scope of who asks, joined by the caller
 */
export function selectionOf(model: ModelStatic<Model>, where: WhereOptions): string {
  const { queryGenerator } = sequelize.getQueryInterface() as unknown as {
    queryGenerator: { selectQuery(table: string, options: object, model: ModelStatic<Model>): string }
  }
  const table = model.getTableName() as string
  const kept = 'deletedAt' in model.getAttributes() ? { [Op.and]: [where, { deletedAt: null }] } : where
  // What `findAll` does with its options before it asks for the SQL: attributes become columns.
  const options = Utils.mapFinderOptions({ attributes: ['id'], where: kept }, model)
  const ids = queryGenerator.selectQuery(table, options, model).replace(/;$/, '')
  const column = linked[table]
  if (column) return `${column} in (${ids})`
  const link = through[table]
  if (!link) throw new Error(`the register cannot be narrowed by ${table}`)
  return `l.id in (select line_id from ${link[0]} where ${link[1]} in (${ids}))`
}

/** How many rows the register will have; the bar of its progress ends there. */
export async function countRegister({ condition }: RegisterSelection): Promise<number> {
  const [row] = await sequelize.query<{ count: number }>(
    `select count(*) as count from invoice_lines l where l.deleted_at is null and (${condition})`,
    { type: QueryTypes.SELECT },
  )
  return row?.count ?? 0
}

const columns = `
  i.issued_on as "invoiceOn", i.number as "invoiceNumber", o.name as organisation, o.tax_id as "taxId", o.kpp,
  c.number as contract, l.name, l.kind, l.quantity, l.unit, l.price_minor as "priceMinor", l.net_minor as "netMinor",
  l.vat_percent as "vatPercent", l.vat_minor as "vatMinor", l.total_minor as "totalMinor", l.paid_on as "paidOn",
  (select p.number from payments p where p.invoice_id = i.id order by p.paid_on desc, p.id desc limit 1) as "paymentNumber",
  l.shipped_on as "shippedOn", act.label as act, licence.number as licence, l.state, r.state as "requestState",
  case when rl.tax_document_number is not null then
    rl.tax_document_number || ' от ' || to_char(rl.tax_document_on, 'DD.MM.YYYY') end as "taxDocument",
  coalesce(rl.external_number, r.external_number) as "externalNumber", u.surname || ' ' || u.name as manager`

const sources = `
  from invoice_lines l
  join invoices i on i.id = l.invoice_id
  join organisations o on o.id = l.organisation_id
  left join contracts c on c.id = i.contract_id
  left join users u on u.id = i.created_by
  left join lateral (
    select request_id, tax_document_number, tax_document_on, external_number from accounting_request_lines
    where line_id = l.id order by id desc limit 1
  ) rl on true
  left join accounting_requests r on r.id = rl.request_id
  left join lateral (
    select d.number || ' от ' || to_char(d.issued_on, 'DD.MM.YYYY') as label
    from document_lines dl join documents d on d.id = dl.document_id
    where dl.line_id = l.id and dl.kind = 'act' and dl.is_active limit 1
  ) act on true
  left join lateral (
    select d.number from document_lines dl join documents d on d.id = dl.document_id
    where dl.line_id = l.id and dl.kind = 'licence' and dl.is_active limit 1
  ) licence on true`

const rowsAtOnce = 2000

/** Batches of what a statement finds, over one unchanging view; the connection ends when its reader leaves. */
async function* readThrough<Row>(statement: string): AsyncGenerator<Row[]> {
  const client = dedicatedClient()
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const cursor = client.query(new Cursor<Row>(statement))
    for (;;) {
      const rows = await cursor.read(rowsAtOnce)
      if (rows.length === 0) return
      yield rows
    }
  } finally {
    // Ends the cursor and its transaction, also when the reader has left in the middle.
    await client.end()
  }
}

/** Rows in batches. The view is that of the first read: what changes meanwhile belongs to the next register. */
export const readRegister = ({ condition, order }: RegisterSelection): AsyncGenerator<RegisterRow[]> =>
  readThrough(`select ${columns} ${sources} where l.deleted_at is null and (${condition}) order by ${order}`)

/** What the accountants have to look into: a line is listed once, under the first thing that is wrong with it. */
export type Discrepancy = RegisterRow & { fault: 'not_shipped' | 'without_act' | 'act_not_sent' | 'failed' }

const fault = `case
  when r.state = 'failed' then 'failed'
  when l.state in ('paid', 'shipping_requested') then 'not_shipped'
  when l.state = 'shipped' then 'without_act'
  when l.state = 'acted' then 'act_not_sent' end`

export const readDiscrepancies = ({ condition, order }: RegisterSelection): AsyncGenerator<Discrepancy[]> =>
  readThrough(
    `select ${columns}, ${fault} as fault ${sources}
     where l.deleted_at is null and l.state in ('paid', 'shipping_requested', 'shipped', 'acted')
       and (${condition}) order by ${order}`,
  )
