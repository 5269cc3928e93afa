/** An issued document is never edited: a wrong one is cancelled by its replacement, under a new number. */
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentTotals } from '../../domain/money.ts'
import { documentStates } from '../../domain/states/document.ts'
import { DocumentLine } from '../../models/document-line.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { authorise } from '../../policies/define-policy.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { noteReason } from '../audit.ts'
import { takeNumbers } from '../numbering/take-numbers.ts'
import { operation } from '../operation.ts'
import { composeAct, composeLicence, newVerificationCode } from './compose-documents.ts'
import { loadSales } from './load-sales.ts'

/** The replacement names what it replaces and is printed from today's requisites of both parties. */
export const replaceDocument = operation(
  'document.replace',
  async ({ actor, now }, { documentId, reason }: { documentId: number; reason: string }) => {
    const old = await Document.findByPk(documentId, { lock: true })
    if (!old) throw new DomainError('not-found')
    authorise(actor, 'replace', old)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    if ((old.kind !== 'act' && old.kind !== 'licence') || old.invoiceId === null)
      throw new DomainError('forbidden')
    noteReason(reason)

    const places = await DocumentLine.findAll({ where: { documentId, isActive: true } })
    const lines = await InvoiceLine.findAll({
      where: { id: places.map(({ lineId }) => lineId) },
      order: ['position'],
    })
    const [line] = lines
    const sale = (await loadSales([old.invoiceId])).get(old.invoiceId)
    if (!sale || !line) throw new DomainError('not-found')

    const issuedOn = today(sale.seller.organisation.timezone, now)
    const [taken] = await takeNumbers(old.kind, old.sellerId, issuedOn)
    if (!taken) throw new Error('a number was taken and not given')
    const verificationCode = newVerificationCode()
    const paper = {
      number: taken.number,
      issuedOn,
      verificationCode,
      replaces: { number: old.number, issuedOn: old.issuedOn },
    }
    const replacement = await Document.create({
      ...taken,
      officeId: old.officeId,
      organisationId: old.organisationId,
      sellerId: old.sellerId,
      invoiceId: old.invoiceId,
      kind: old.kind,
      issuedOn,
      currency: old.currency,
      totalMinor: documentTotals(lines).totalMinor,
      verificationCode,
      replacesId: old.id,
      data: old.kind === 'licence' ? composeLicence(sale, line, paper) : composeAct(sale, lines, paper),
    })
    for (const place of places) await place.update({ isActive: false })
    await DocumentLine.bulkCreate(
      places.map(({ lineId, kind }) => ({ documentId: replacement.id, lineId, kind })),
    )
    await old.update({
      state: documentStates.next(old.state, 'cancel'),
      cancelledAt: now,
      cancelledBy: actor.id,
      cancelReason: reason,
      replacedById: replacement.id,
    })
    await enqueue(
      'document.generate',
      { key: `document-${replacement.id}`, documentId: replacement.id },
      { officeId: old.officeId },
    )
    return replacement
  },
)
