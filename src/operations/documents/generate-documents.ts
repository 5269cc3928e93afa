/** «Сформировать акты и/или лицензии» (S3-18): numbers, content and work for the printing presses in one transaction. */
import { Op } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentTotals } from '../../domain/money.ts'
import { DocumentLine } from '../../models/document-line.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { openBatch } from '../../queue/batch.ts'
import { enqueueMany } from '../../queue/enqueue.ts'
import { takeNumbers, type TakenNumber } from '../numbering/take-numbers.ts'
import { operation } from '../operation.ts'
import { composeAct, composeLicence, newVerificationCode, type Sale } from './compose-documents.ts'
import { loadSales } from './load-sales.ts'

export type GeneratedKind = 'act' | 'licence'

export type DocumentsGenerated = Readonly<{
  /** Whose progress to show; null when there was nothing left to make. */
  batchId: number | null
  created: number
  /** Lines that had such a document already. */
  skipped: number
}>

/** At most this many lines in one press of the button: the transaction holds the counters of numbers. */
export const linesPerGeneration = 20_000

type Planned = Readonly<{ kind: GeneratedKind; sale: Sale; lines: readonly InvoiceLine[] }>

/**
 * One act for the lines of one invoice, one licence for one licence line; a line that has its document is passed over.
 * @throws DomainError `lines-not-shipped` {count}, `no-kind-chosen`, `too-many-lines`, `forbidden`
 */
export const generateDocuments = operation(
  'document.generate',
  async (
    { actor, now },
    { lineIds, kinds }: { lineIds: readonly number[]; kinds: readonly GeneratedKind[] },
  ): Promise<DocumentsGenerated> => {
    authorise(actor, 'generateDocuments', InvoiceLine)
    if (kinds.length === 0) throw new DomainError('no-kind-chosen')
    const ids = [...new Set(lineIds)]
    if (ids.length > linesPerGeneration)
      throw new DomainError('too-many-lines', { limit: linesPerGeneration })
    const lines = await InvoiceLine.findAll({ where: { id: ids }, order: ['id'], lock: true })
    if (lines.length === 0 || lines.length < ids.length) throw new DomainError('not-found')
    for (const line of lines) authorise(actor, 'show', line)
    const early = lines.filter((line) => !can(actor, 'generateDocuments', line)).length
    if (early > 0) throw new DomainError('lines-not-shipped', { count: early })

    const { planned, skipped } = await plan(lines, kinds)
    const [first] = planned
    if (!first) return { batchId: null, created: 0, skipped }
    const { officeId } = first.sale.invoice
    const organisationIds = new Set(planned.map(({ sale }) => sale.invoice.organisationId))
    const batchId = await openBatch({
      kind: 'documents',
      officeId,
      organisationId: organisationIds.size === 1 ? first.sale.invoice.organisationId : null,
      createdBy: actor.id,
      total: planned.length,
      params: { kinds },
    })
    const documents = await issue(planned, batchId, now)
    await enqueueMany(
      'document.generate',
      documents.map(({ id }) => ({ key: `document-${id}`, documentId: id })),
      { batchId, officeId },
    )
    await notifyDesk({ officeId, topic: 'work' })
    return { batchId, created: documents.length, skipped }
  },
)

async function plan(
  lines: readonly InvoiceLine[],
  kinds: readonly GeneratedKind[],
): Promise<{ planned: Planned[]; skipped: number }> {
  const covered = await DocumentLine.findAll({
    where: { lineId: { [Op.in]: lines.map(({ id }) => id) }, kind: [...kinds], isActive: true },
  })
  const has = new Set(covered.map(({ lineId, kind }) => `${kind} ${lineId}`))
  const sales = await loadSales(lines.map(({ invoiceId }) => invoiceId))
  const saleOf = (invoiceId: number): Sale => {
    const sale = sales.get(invoiceId)
    if (!sale) throw new DomainError('not-found')
    return sale
  }
  const licensed = kinds.includes('licence') ? lines.filter(({ kind }) => kind === 'licence') : []
  const acted = kinds.includes('act') ? lines : []
  const missing = (kind: GeneratedKind) => (line: InvoiceLine) => !has.has(`${kind} ${line.id}`)
  const newLicences = licensed.filter(missing('licence'))
  const newActs = acted.filter(missing('act'))

  const byInvoice = new Map<number, InvoiceLine[]>()
  for (const line of newActs) byInvoice.set(line.invoiceId, [...(byInvoice.get(line.invoiceId) ?? []), line])
  const acts = [...byInvoice].map(([invoiceId, own]) => ({
    kind: 'act' as const,
    sale: saleOf(invoiceId),
    lines: own,
  }))
  const licences = newLicences.map((line) => ({
    kind: 'licence' as const,
    sale: saleOf(line.invoiceId),
    lines: [line],
  }))
  return {
    planned: [...acts, ...licences],
    skipped: licensed.length + acted.length - newLicences.length - newActs.length,
  }
}

async function issue(planned: readonly Planned[], batchId: number, now: Date): Promise<Document[]> {
  const numbers = await numbersFor(planned, now)
  const documents = await Document.bulkCreate(
    planned.map(({ kind, sale, lines }, index) => {
      const taken = numbers[index]
      if (!taken) throw new Error('a number was taken and not given')
      const verificationCode = newVerificationCode()
      const paper = { number: taken.number, issuedOn: taken.issuedOn, verificationCode }
      const [line] = lines
      return {
        officeId: sale.invoice.officeId,
        organisationId: sale.invoice.organisationId,
        sellerId: sale.invoice.sellerId,
        invoiceId: sale.invoice.id,
        batchId,
        kind,
        ...taken,
        currency: sale.invoice.currency,
        totalMinor: documentTotals(lines).totalMinor,
        verificationCode,
        data: kind === 'licence' && line ? composeLicence(sale, line, paper) : composeAct(sale, lines, paper),
      }
    }),
  )
  await DocumentLine.bulkCreate(
    documents.flatMap((document, index) =>
      (planned[index]?.lines ?? []).map((line) => ({
        documentId: document.id,
        lineId: line.id,
        kind: document.kind as GeneratedKind,
      })),
    ),
  )
  return documents
}

/** One number for each planned document; each counter is taken once, in a fixed order, so that two presses never lock each other. */
async function numbersFor(
  planned: readonly Planned[],
  now: Date,
): Promise<(TakenNumber & { issuedOn: string })[]> {
  const groups = new Map<string, number[]>()
  planned.forEach(({ kind, sale }, index) => {
    const key = `${kind} ${String(sale.invoice.sellerId).padStart(20, '0')}`
    groups.set(key, [...(groups.get(key) ?? []), index])
  })
  const numbers: (TakenNumber & { issuedOn: string })[] = []
  for (const [, places] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    const first = planned[places[0] ?? 0]
    if (!first) continue
    const issuedOn = today(first.sale.seller.organisation.timezone, now)
    const taken = await takeNumbers(first.kind, first.sale.invoice.sellerId, issuedOn, places.length)
    taken.forEach((number, position) => {
      const place = places[position]
      if (place !== undefined) numbers[place] = { ...number, issuedOn }
    })
  }
  return numbers
}
