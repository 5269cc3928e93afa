/** What the letters to clients and readers of registers say: papers, unpaid invoices, made registers. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import type { Currency } from '../../domain/money.ts'

export type Paper = Readonly<{
  id: number
  kind: 'invoice' | 'act' | 'licence' | 'tax_invoice' | 'upd'
  number: string
  issuedOn: string
  totalMinor: number
  currency: Currency
  pageCount: number | null
  seenAt: Date | null
  fileId: string
}>

/** Papers a client may read: those with a file, in the order of the counter; cancelled ones are left out. */
export const readablePapers = (documentIds: readonly number[]): Promise<Paper[]> =>
  sequelize.query<Paper>(
    `select id, kind, number, issued_on as "issuedOn", total_minor as "totalMinor", currency, page_count as "pageCount",
            seen_at as "seenAt", file_id as "fileId"
     from documents
     where id = any ($1::bigint[]) and file_id is not null
       and (state = 'published' or (kind = 'invoice' and state = 'ready'))
     order by kind, issued_on, id`,
    { type: QueryTypes.SELECT, bind: [[...documentIds]] },
  )

/** The names of the two sides of a document: whom the letter is to and on whose behalf it is written. */
export async function sidesOf(documentId: number): Promise<{ customer: string; seller: string } | null> {
  const [sides] = await sequelize.query<{ customer: string; seller: string }>(
    `select coalesce(o.short_name, o.name) as customer, s.name as seller
     from documents d join organisations o on o.id = d.organisation_id join organisations s on s.id = d.seller_id
     where d.id = $1`,
    { type: QueryTypes.SELECT, bind: [documentId] },
  )
  return sides ?? null
}

export type UnpaidInvoice = Readonly<{
  number: string
  issuedOn: string
  dueOn: string
  currency: Currency
  totalMinor: number
  paidMinor: number
  customer: string
  seller: Readonly<{
    name: string
    taxId: string | null
    kpp: string | null
    country: 'RU' | 'KZ' | 'BY'
    phone: string | null
  }>
  bank: Readonly<{ name: string; bic: string; account: string; correspondentAccount: string | null }> | null
}>

/** Null once it is paid or cancelled: then there is nothing to remind of. */
export async function unpaidInvoice(invoiceId: number): Promise<UnpaidInvoice | null> {
  const [invoice] = await sequelize.query<UnpaidInvoice>(
    `select i.number, i.issued_on as "issuedOn", i.due_on as "dueOn", i.currency, i.total_minor as "totalMinor",
            i.paid_minor as "paidMinor", o.name as customer,
            json_build_object('name', s.name, 'taxId', s.tax_id, 'kpp', s.kpp, 'country', s.country, 'phone', s.phone) as seller,
            (select json_build_object('name', b.bank_name, 'bic', b.bic, 'account', b.account,
               'correspondentAccount', b.correspondent_account)
             from bank_accounts b where b.organisation_id = s.id and b.currency = i.currency and b.deleted_at is null
             order by b.is_main desc, b.id limit 1) as bank
     from invoices i join organisations o on o.id = i.organisation_id join organisations s on s.id = i.seller_id
     where i.id = $1 and i.state in ('issued', 'part_paid')`,
    { type: QueryTypes.SELECT, bind: [invoiceId] },
  )
  return invoice ?? null
}

export type MadeRegister = Readonly<{
  fileName: string
  size: number
  rows: number | null
  finishedAt: Date | null
  expiresAt: Date
  timezone: string
}>

/** Null when it has expired or was cancelled. */
export async function madeRegister(exportId: number): Promise<MadeRegister | null> {
  const [made] = await sequelize.query<MadeRegister>(
    `select f.original_name as "fileName", f.size, e.rows_done as rows, e.finished_at as "finishedAt",
            e.expires_at as "expiresAt", coalesce(o.timezone, 'Europe/Moscow') as timezone
     from exports e join stored_files f on f.id = e.file_id left join organisations o on o.id = e.office_id
     where e.id = $1 and e.state = 'ready'`,
    { type: QueryTypes.SELECT, bind: [exportId] },
  )
  return made ?? null
}
