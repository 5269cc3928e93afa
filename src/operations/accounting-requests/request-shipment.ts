/** «Направить запрос в бухгалтерию» (S3-15): one open request for a line, however often and by whomever it is pressed. */
import { Op } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentTotals } from '../../domain/money.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { AccountingRequestLine } from '../../models/accounting-request-line.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { Product } from '../../models/product.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { valueLine, vatRates } from '../invoices/value-line.ts'
import { takeNumbers } from '../numbering/take-numbers.ts'
import { operation } from '../operation.ts'

export type ShipmentRequested = Readonly<{
  requests: AccountingRequest[]
  /** Requests this press made; the rest were already there. */
  created: number
}>

/**
 * Lines of one client, contract and currency go into one request. Lines that already wait are not asked for again:
 * their request is returned.
 * @throws DomainError `lines-not-paid` {count}, `requisites-wrong` {organisation}, `requisites-unconfirmed`, `forbidden`
 */
export const requestShipment = operation(
  'accounting-request.create',
  async ({ actor, now }, { lineIds }: { lineIds: readonly number[] }): Promise<ShipmentRequested> => {
    authorise(actor, 'requestShipment', InvoiceLine)
    const lines = await InvoiceLine.findAll({
      where: { id: [...new Set(lineIds)] },
      order: ['id'],
      lock: true,
    })
    if (lines.length === 0 || lines.length < new Set(lineIds).size) throw new DomainError('not-found')
    for (const line of lines) authorise(actor, 'show', line)

    const waiting = lines.filter((line) => line.state === 'shipping_requested')
    const ready = lines.filter((line) => can(actor, 'requestShipment', line))
    const stuck = lines.length - waiting.length - ready.length
    if (stuck > 0) throw new DomainError('lines-not-paid', { count: stuck })

    const known = await openRequestsOf(waiting)
    const made: AccountingRequest[] = []
    for (const group of await groupsOf(ready)) made.push(await createRequest(group, now))
    return { requests: [...known, ...made], created: made.length }
  },
)

type Group = { lines: InvoiceLine[]; invoice: Invoice; organisation: Organisation }

async function openRequestsOf(lines: readonly InvoiceLine[]): Promise<AccountingRequest[]> {
  if (lines.length === 0) return []
  const places = await AccountingRequestLine.findAll({
    where: { lineId: lines.map((line) => line.id), isOpen: true },
  })
  return AccountingRequest.findAll({ where: { id: [...new Set(places.map((place) => place.requestId))] } })
}

async function groupsOf(lines: readonly InvoiceLine[]): Promise<Group[]> {
  const invoices = new Map(
    (await Invoice.findAll({ where: { id: { [Op.in]: lines.map((line) => line.invoiceId) } } })).map(
      (invoice) => [invoice.id, invoice],
    ),
  )
  const groups = new Map<string, { lines: InvoiceLine[]; invoice: Invoice }>()
  for (const line of lines) {
    const invoice = invoices.get(line.invoiceId)
    if (!invoice) throw new DomainError('not-found')
    const key = [line.organisationId, invoice.sellerId, invoice.contractId, line.currency].join(' ')
    const group = groups.get(key) ?? { lines: [], invoice }
    group.lines.push(line)
    groups.set(key, group)
  }
  const organisations = await Organisation.findAll({
    where: { id: [...groups.values()].map((group) => group.invoice.organisationId) },
  })
  return [...groups.values()].map((group) => {
    const organisation = organisations.find(({ id }) => id === group.invoice.organisationId)
    if (!organisation) throw new DomainError('not-found')
    refuseWrongRequisites(organisation)
    return { ...group, organisation }
  })
}

// Wrong requisites would come back from accounting as a refusal; accepted ones wait for a second pair of eyes.
function refuseWrongRequisites(organisation: Organisation): void {
  if (Object.keys(organisation.requisitesFaults).length === 0) return
  if (organisation.requisitesOverrideAt === null)
    throw new DomainError('requisites-wrong', { organisation: organisation.name })
  if (organisation.requisitesConfirmedAt === null)
    throw new DomainError('requisites-unconfirmed', { organisation: organisation.name })
}

async function createRequest({ lines, invoice, organisation }: Group, now: Date): Promise<AccountingRequest> {
  const seller = await Organisation.findByPk(invoice.sellerId, { rejectOnEmpty: true })
  const shipmentOn = today(seller.timezone, now)
  await valueAtShipment(lines, seller, shipmentOn)
  const [taken] = await takeNumbers('accounting_request', seller.id, shipmentOn)
  if (!taken) throw new Error('a number was taken and not given')
  const request = await AccountingRequest.create({
    ...taken,
    officeId: organisation.officeId,
    organisationId: organisation.id,
    sellerId: seller.id,
    contractId: invoice.contractId,
    shipmentOn,
    currency: invoice.currency,
    totalMinor: documentTotals(lines).totalMinor,
    lineCount: lines.length,
  })
  await AccountingRequestLine.bulkCreate(
    lines.map((line) => ({
      requestId: request.id,
      lineId: line.id,
      officeId: line.officeId,
      organisationId: line.organisationId,
    })),
  )
  for (const line of lines) {
    line.state = invoiceLineStates.next(line.state, 'request')
    // Not `update`: that would leave the VAT of the day of shipment unsaved.
    await line.save()
  }
  await enqueue(
    'accounting.send',
    { key: `request-${request.id}-1`, requestId: request.id },
    { officeId: request.officeId },
  )
  await notifyDesk({ officeId: request.officeId, topic: 'counters' })
  return request
}

// The rate of VAT is that of the day of shipment; a line ordered last year is taxed by this year's table.
async function valueAtShipment(
  lines: readonly InvoiceLine[],
  seller: Organisation,
  day: string,
): Promise<void> {
  const rates = await vatRates()
  const products = await Product.findAll({ where: { id: lines.flatMap((line) => line.productId ?? []) } })
  for (const line of lines) {
    const vatCode = products.find(({ id }) => id === line.productId)?.vatCode ?? null
    if (line.vatPercent === null || vatCode === null) continue
    line.set(
      valueLine(
        { priceMinor: line.priceMinor, quantity: line.quantity, vatCode },
        rates,
        seller.country,
        day,
      ),
    )
  }
}
