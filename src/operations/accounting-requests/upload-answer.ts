/** The filled-in table comes back: all of its rows are taken, or none and every fault is named. */
import { isCurrent, readAnswer, type RowFault } from '../../reports/answer-workbook.ts'
import { DomainError, type FieldFaults } from '../../domain/errors.ts'
import { AccountingRequestLine } from '../../models/accounting-request-line.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'
import { answerRequest } from './answer-request.ts'

export type UploadedAnswer = Readonly<{
  file: Uint8Array
  /** The request the page is about; a table of another one is refused. Absent in the back office: the table says. */
  requestId?: number
}>

/** `rows.7.taxDocumentOn` for a cell, `rows.7` for a row, `file` for the whole table. */
const placeOf = ({ rowNumber, column }: RowFault): string =>
  rowNumber === null ? 'file' : ['rows', rowNumber, column].filter((part) => part !== null).join('.')

function fieldsOf(faults: readonly RowFault[]): FieldFaults {
  return Object.fromEntries(
    faults.map((fault) => [
      placeOf(fault),
      {
        code: fault.code,
        params: { ...fault.params, ...(fault.rowNumber !== null && { row: fault.rowNumber }) },
      },
    ]),
  )
}

const refuse = (code: string): never => {
  throw new DomainError('answer.faulty', { count: 1 }, { file: { code } })
}

/**
 * The same table twice changes nothing the second time.
 * @throws DomainError `answer.faulty` {count} with a fault for every wrong place, `request-answered` when it was
 * answered otherwise, `forbidden`
 */
export const uploadAnswer = operation(
  'accounting-request.upload-answer',
  async (context, input: UploadedAnswer): Promise<AccountingRequest> => {
    const answer = await readAnswer(input.file)
    if (answer.faults.length > 0)
      throw new DomainError('answer.faulty', { count: answer.faults.length }, fieldsOf(answer.faults))
    const { requestId, checksum, lines } = answer
    if (requestId === null || checksum === null) return refuse('answer.workbook-foreign')
    if (input.requestId !== undefined && input.requestId !== requestId)
      return refuse('answer.workbook-other-request')

    const request = await AccountingRequest.findByPk(requestId, { lock: true })
    if (!request) return refuse('answer.workbook-foreign')
    // Asked before anything is compared: what another office was answered is not for telling.
    authorise(context.actor, 'uploadAnswer', request)
    const places = await AccountingRequestLine.findAll({ where: { requestId } })
    if (
      !isCurrent(
        checksum,
        requestId,
        places.map(({ lineId }) => lineId),
      )
    )
      return refuse('answer.workbook-outdated')
    return answerRequest(context, { requestId, via: 'xlsx', lines })
  },
)
