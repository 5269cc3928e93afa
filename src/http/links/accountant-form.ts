/** What the accountant typed into the page: read into an answer, or given back with what is wrong with it. */
import type { FieldFault } from '../../domain/errors.ts'
import { parseDay } from '../../domain/typed-day.ts'
import type { AnsweredLine } from '../../operations/accounting-requests/answer-request.ts'
import type { RequestSheet } from '../../queries/accounting/request-sheet.ts'
import type { ReceivedFile } from './read-form.ts'

export type Typed = ReadonlyMap<string, string>

/** Faults by the name of the form's field. */
export type Faults = Map<string, FieldFault>

export type AnswerFromForm = {
  lines: AnsweredLine[]
  externalNumber: string | null
  /** In the order of the received files: the number of the document each of them is. */
  fileNumbers: string[]
  faults: Faults
}

const text = (typed: Typed, name: string) => (typed.get(name) ?? '').trim()

/** «Один документ на все строки»: a line left empty takes the common number and date. */
export function answerFromForm(
  sheet: RequestSheet,
  typed: Typed,
  files: readonly ReceivedFile[],
): AnswerFromForm {
  const faults: Faults = new Map()
  const common = {
    number: text(typed, 'all_number'),
    on: text(typed, 'all_on'),
    kind: text(typed, 'all_kind'),
  }
  const lines = sheet.lines.map(({ lineId }): AnsweredLine => {
    const own = (field: string) => text(typed, `${field}_${lineId}`)
    const isCommon = own('number') === '' && common.number !== ''
    const number = isCommon ? common.number : own('number')
    const typedOn = isCommon && common.on !== '' ? common.on : own('on')
    const on = parseDay(typedOn)
    const kind = isCommon ? common.kind : own('kind')
    if (number === '') faults.set(`number_${lineId}`, { code: 'required' })
    if (typedOn === '') faults.set(`on_${lineId}`, { code: 'required' })
    else if (on === null) faults.set(`on_${lineId}`, { code: 'day-format' })
    return {
      lineId,
      taxDocumentKind: kind === 'tax_invoice' ? 'tax_invoice' : 'upd',
      taxDocumentNumber: number.slice(0, 100),
      taxDocumentOn: on ?? '',
      externalNumber: own('external').slice(0, 100) || null,
      comment: own('comment').slice(0, 1000) || null,
    }
  })
  const numbers = [...new Set(lines.map(({ taxDocumentNumber }) => taxDocumentNumber).filter(Boolean))]
  const fileNumbers = files.map(({ name }) => {
    const number = numberOf(name, numbers)
    if (number === null) faults.set('files', { code: 'links.file-unmatched', params: { name } })
    return number ?? ''
  })
  return { lines, externalNumber: text(typed, 'request_external').slice(0, 100) || null, fileNumbers, faults }
}

/** Which document a file is: the only one there is, or the one whose number stands in its name between other signs. */
export function numberOf(name: string, numbers: readonly string[]): string | null {
  if (numbers.length === 1) return numbers[0] ?? null
  const stands = (number: string) => {
    const at = name.toLowerCase().indexOf(number.toLowerCase())
    if (at === -1) return false
    const around = [name.charAt(at - 1), name.charAt(at + number.length)]
    return !around.some((sign) => /\d/.test(sign))
  }
  // «12» stands in «12-А» too: the longer number is meant.
  const found = numbers.filter(stands).sort((a, b) => b.length - a.length)
  return found[0] ?? null
}
