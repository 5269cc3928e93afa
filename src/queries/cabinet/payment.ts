/** Where and how an invoice is paid: the seller's account, the purpose, and the text of the payment code. */
import type { CabinetPayment } from '../../../admin/cabinet-types.ts'
import { formatDay } from '../../domain/date-format.ts'
import { formatMoney } from '../../domain/money.ts'
import { paymentQr } from '../../domain/payment-qr.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { unpaidInvoice, type UnpaidInvoice } from '../mails/letter-facts.ts'

/** SQL: whether the standard covers the payment of an invoice: roubles to a Russian account of the seller. */
export const canPayByQr = (alias: string): string =>
  `(${alias}.currency = 'RUB' and exists (select from bank_accounts b join organisations s on s.id = b.organisation_id
    where b.organisation_id = ${alias}.seller_id and s.country = 'RU' and b.currency = 'RUB' and b.deleted_at is null))`

const hasQr = ({ currency, seller, bank }: UnpaidInvoice): boolean =>
  currency === 'RUB' && seller.country === 'RU' && bank !== null

// The bank of the payee reads it, whatever language the payer's cabinet speaks; of a rest the VAT is not told.
function purposeOf({ number, issuedOn, paidMinor }: UnpaidInvoice, { vatMinor, currency }: Invoice): string {
  const vat = vatMinor === 0 ? '. Без НДС' : `. В том числе НДС ${formatMoney(vatMinor, currency)}`
  return `Оплата по счёту № ${number} от ${formatDay(issuedOn, 'ru')}${paidMinor === 0 ? vat : ''}`
}

/** Null when nothing is left to pay, or the seller has no account in this currency. */
export async function cabinetPayment(row: Invoice): Promise<CabinetPayment | null> {
  const invoice = await unpaidInvoice(row.id)
  if (!invoice?.bank) return null
  const { seller, bank } = invoice
  return {
    payee: seller.name,
    taxId: seller.taxId,
    kpp: seller.kpp,
    bank: bank.name,
    bic: bank.bic,
    account: bank.account,
    correspondentAccount: bank.correspondentAccount,
    purpose: purposeOf(invoice, row),
    hasQr: hasQr(invoice),
  }
}

/** The text of the code of ГОСТ Р 56042-2014 for what is left to pay; null when there is no such code for it. */
export async function paymentCodeOf(actor: Actor, invoiceId: number): Promise<string | null> {
  const row = await Invoice.findByPk(invoiceId)
  if (!row || !can(actor, 'show', row)) return null
  const invoice = await unpaidInvoice(invoiceId)
  if (!invoice?.bank || !hasQr(invoice)) return null
  const { seller, bank } = invoice
  const payer = await Organisation.findByPk(row.organisationId)
  return paymentQr({
    payeeName: seller.name,
    account: bank.account,
    bankName: bank.name,
    bic: bank.bic,
    correspondentAccount: bank.correspondentAccount,
    payeeTaxId: seller.taxId,
    kpp: seller.kpp,
    payerTaxId: payer?.taxId ?? null,
    sumMinor: invoice.totalMinor - invoice.paidMinor,
    purpose: purposeOf(invoice, row),
  })
}
