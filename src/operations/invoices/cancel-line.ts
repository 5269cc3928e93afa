/** Takes one line out of shipment before the accountants are asked (S3-21). */
import { DomainError } from '../../domain/errors.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { operation } from '../operation.ts'

export const cancelLine = operation(
  'invoice-line.cancel',
  async ({ actor }, { lineId, reason }: { lineId: number; reason: string }) => {
    const line = await InvoiceLine.findByPk(lineId, { lock: true })
    if (!line) throw new DomainError('not-found')
    authorise(actor, 'cancel', line)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    return line.update({ state: invoiceLineStates.next(line.state, 'cancel') })
  },
)
