/** Drafts an invoice with its lines, or rewrites a draft: prices and VAT come from the price list of the day. */
import { today } from '../../domain/calendar.ts'
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import { documentTotals, parseQuantity, type Currency } from '../../domain/money.ts'
import { defaultPaymentDays, dueOn as dueDayOf } from '../../domain/payment-terms.ts'
import { Contract } from '../../models/contract.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { Product } from '../../models/product.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'
import { valueLine, vatRates } from './value-line.ts'

export type DraftLine = Readonly<{
  productId: number
  /** Decimal string, up to three digits after the point. */
  quantity: string
  /** Overrides the price list; minor units with VAT inside. */
  priceMinor?: number
  validFrom?: string | null
  validTo?: string | null
  comment?: string | null
}>

export type InvoiceDraft = Readonly<{
  organisationId: number
  contractId?: number | null
  dueOn?: string | null
  portalOrderNumber?: string | null
  lines: readonly DraftLine[]
}>

export const draftInvoice = operation('invoice.create', async ({ actor, now }, draft: InvoiceDraft) => {
  const organisation = await Organisation.findByPk(draft.organisationId)
  if (!organisation) throw new DomainError('invalid', {}, { organisationId: { code: 'reference-not-found' } })
  authorise(actor, 'show', organisation)
  authorise(actor, 'new', Invoice)
  const invoice = Invoice.build({
    organisationId: organisation.id,
    officeId: organisation.officeId,
    sellerId: organisation.officeId,
  })
  await fill(invoice, draft, today(actor.timezone, now))
  return invoice
})

export const editDraftInvoice = operation(
  'invoice.edit',
  async ({ actor, now }, { id, version, ...draft }: InvoiceDraft & { id: number; version?: number }) => {
    const invoice = await Invoice.findByPk(id, { lock: true })
    if (!invoice) throw new DomainError('not-found')
    authorise(actor, 'edit', invoice)
    if (version !== undefined && version !== invoice.version) throw new DomainError('stale-record')
    await InvoiceLine.destroy({ where: { invoiceId: id }, force: true })
    await fill(invoice, { ...draft, organisationId: invoice.organisationId }, today(actor.timezone, now))
    return invoice
  },
)

async function fill(invoice: Invoice, draft: InvoiceDraft, day: string): Promise<void> {
  if (draft.lines.length === 0) throw new DomainError('invalid', {}, { lines: { code: 'lines-missing' } })
  const contract = draft.contractId ? await Contract.findByPk(draft.contractId) : null
  if (draft.contractId && contract?.organisationId !== invoice.organisationId)
    throw new DomainError('invalid', {}, { contractId: { code: 'reference-not-found' } })
  const seller = await Organisation.findByPk(invoice.sellerId, { rejectOnEmpty: true })
  const products = await productsOf(draft, seller.id)
  const currency: Currency = [...products.values()][0]?.currency ?? 'RUB'
  const rates = await vatRates()
  const faults: Record<string, FieldFault> = {}

  const lines = draft.lines.map((line, index) => {
    const product = products.get(line.productId)
    if (!product) faults[`lines.${index}.productId`] = { code: 'reference-not-found' }
    if (product && product.currency !== currency)
      faults[`lines.${index}.productId`] = { code: 'currency-mixed' }
    const quantity = quantityOf(line.quantity)
    if (quantity === null)
      faults[`lines.${index}.quantity`] = { code: 'quantity-format', params: { value: line.quantity } }
    if (!product || quantity === null) return null
    const priceMinor = line.priceMinor ?? product.priceMinor
    return {
      officeId: invoice.officeId,
      organisationId: invoice.organisationId,
      position: index + 1,
      productId: product.id,
      name: product.name,
      kind: product.kind,
      unit: product.unit,
      unitCode: product.unitCode,
      quantity,
      priceMinor,
      currency,
      ...valueLine({ priceMinor, quantity, vatCode: product.vatCode }, rates, seller.country, day),
      vatExemption: product.vatExemption,
      licenceText: product.licenceText,
      seats: product.seats,
      validFrom: line.validFrom ?? null,
      validTo: line.validTo ?? null,
      portalOrderNumber: draft.portalOrderNumber ?? null,
      comment: line.comment ?? null,
    }
  })
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)

  const valued = lines.filter((line) => line !== null)
  invoice.set({
    contractId: contract?.id ?? null,
    dueOn: draft.dueOn ?? dueDayOf(day, defaultPaymentDays),
    portalOrderNumber: draft.portalOrderNumber ?? null,
    currency,
    ...documentTotals(valued),
  })
  await invoice.save()
  await InvoiceLine.bulkCreate(valued.map((line) => ({ ...line, invoiceId: invoice.id })))
}

async function productsOf(draft: InvoiceDraft, officeId: number): Promise<Map<number, Product>> {
  const ids = draft.lines.map((line) => line.productId)
  const products = await Product.findAll({ where: { id: ids, officeId, isActive: true } })
  return new Map(products.map((product) => [product.id, product]))
}

function quantityOf(text: string): string | null {
  try {
    return parseQuantity(text)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
