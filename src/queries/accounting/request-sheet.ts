/** Everything the accountants are told about a request, for the letter, the workbook, the JSON and the page by link. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import type { Currency } from '../../domain/money.ts'
import type { AccountingRequestState } from '../../domain/states/accounting-request.ts'

export type SheetLine = Readonly<{
  lineId: number
  name: string
  kind: 'service' | 'licence' | 'goods'
  invoiceNumber: string | null
  /** Decimal string. */
  quantity: string
  unit: string
  priceMinor: number
  netMinor: number
  /** Decimal string; null = without VAT. */
  vatPercent: string | null
  vatMinor: number
  totalMinor: number
  taxDocumentKind: 'upd' | 'tax_invoice' | null
  taxDocumentNumber: string | null
  taxDocumentOn: string | null
  externalNumber: string | null
  comment: string | null
}>

export type RequestSheet = Readonly<{
  id: number
  officeId: number
  organisationId: number
  number: string
  state: AccountingRequestState
  outcome: 'confirmed' | 'refused' | 'timed_out' | 'undelivered' | null
  shipmentOn: string
  currency: Currency
  totalMinor: number
  createdAt: Date
  requestedBy: string | null
  answeredAt: Date | null
  answeredBy: string | null
  failureText: string | null
  organisation: Readonly<{
    name: string
    taxId: string | null
    kpp: string | null
    address: string | null
    country: string
  }>
  seller: Readonly<{ name: string; timezone: string }>
  contract: Readonly<{ number: string; signedOn: string }> | null
  lines: readonly SheetLine[]
}>

type Head = Omit<RequestSheet, 'organisation' | 'seller' | 'contract' | 'lines'> & {
  organisationName: string
  taxId: string | null
  kpp: string | null
  address: string | null
  country: string
  sellerName: string
  timezone: string
  contractNumber: string | null
  signedOn: string | null
}

/** Null when there is no such request. */
export async function requestSheet(requestId: number): Promise<RequestSheet | null> {
  const [head] = await sequelize.query<Head>(
    `select r.id, r.office_id as "officeId", r.organisation_id as "organisationId", r.number, r.state, r.outcome,
            r.shipment_on as "shipmentOn", r.currency, r.total_minor as "totalMinor", r.created_at as "createdAt",
            nullif(concat_ws(' ', u.name, u.surname), '') as "requestedBy", r.answered_at as "answeredAt",
            r.answered_by as "answeredBy", r.failure_text as "failureText",
            o.name as "organisationName", o.tax_id as "taxId", o.kpp, o.legal_address as address, o.country,
            s.name as "sellerName", s.timezone, c.number as "contractNumber", c.signed_on as "signedOn"
     from accounting_requests r
     join organisations o on o.id = r.organisation_id
     join organisations s on s.id = r.seller_id
     left join contracts c on c.id = r.contract_id
     left join users u on u.id = r.created_by
     where r.id = $1`,
    { type: QueryTypes.SELECT, bind: [requestId] },
  )
  if (!head) return null
  const lines = await sequelize.query<SheetLine>(
    `select l.id as "lineId", l.name, l.kind, i.number as "invoiceNumber", l.quantity, l.unit,
            l.price_minor as "priceMinor", l.net_minor as "netMinor", l.vat_percent as "vatPercent",
            l.vat_minor as "vatMinor", l.total_minor as "totalMinor", p.tax_document_kind as "taxDocumentKind",
            p.tax_document_number as "taxDocumentNumber", p.tax_document_on as "taxDocumentOn",
            p.external_number as "externalNumber", p.comment
     from accounting_request_lines p
     join invoice_lines l on l.id = p.line_id
     join invoices i on i.id = l.invoice_id
     where p.request_id = $1 order by i.id, l.position`,
    { type: QueryTypes.SELECT, bind: [requestId] },
  )
  const { organisationName, taxId, kpp, address, country, sellerName, timezone, ...rest } = head
  const { contractNumber, signedOn, ...request } = rest
  return {
    ...request,
    organisation: { name: organisationName, taxId, kpp, address, country },
    seller: { name: sellerName, timezone },
    contract: contractNumber && signedOn ? { number: contractNumber, signedOn } : null,
    lines,
  }
}
