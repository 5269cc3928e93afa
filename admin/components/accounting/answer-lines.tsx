/** The accountant's answer, line by line: kind of document, its number and day, the number on their side, a comment. */

import { useEffect, useState } from 'react'
import type { RecordData } from '../desk-api.ts'
import { DayField } from '../form/day-field.tsx'
import { dayOf } from '../format.ts'
import { Button } from '../parts/button.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { FilePick } from '../parts/file-pick.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useWords } from '../use-words.ts'
import { PAPER_TYPES } from './paper-files.tsx'
import { useRequestLines } from './use-request-lines.ts'

export type AnswerLine = {
  lineId: number
  taxDocumentKind: 'upd' | 'tax_invoice'
  taxDocumentNumber: string
  taxDocumentOn: string
  externalNumber: string | null
  comment: string | null
}
type Props = {
  requestId: string
  name: string
  faults: RecordData['errors']
  onChange: (lines: AnswerLine[]) => void
  /** Takes the счёт-фактура of a line; absent where no files are asked for. */
  onFile?: ((lineId: number, file: File | null) => void) | undefined
}

export const AnswerLines = ({ requestId, name, faults, onChange, onFile }: Props) => {
  const words = useWords()
  const { data, failure, reload } = useRequestLines(requestId)
  const [answers, setAnswers] = useState<AnswerLine[]>([])
  const [files, setFiles] = useState<Record<number, File | null>>({})
  useEffect(() => {
    if (!data) return
    put(
      data.lines.map((line) => ({
        lineId: line.lineId,
        taxDocumentKind: 'tax_invoice',
        taxDocumentNumber: '',
        taxDocumentOn: dayOf(new Date(), words.timezone),
        externalNumber: null,
        comment: null,
      })),
    )
  }, [data])
  const isHere = answers.length > 0
  useEffect(() => {
    // The window took the focus before the lines had come.
    if (isHere) document.querySelector<HTMLElement>('[role=dialog] [data-first]')?.focus()
  }, [isHere])
  const put = (next: AnswerLine[]) => {
    setAnswers(next)
    onChange(next)
  }
  const change = (index: number, part: Partial<AnswerLine>) =>
    put(answers.map((answer, at) => (at === index ? { ...answer, ...part } : answer)))
  if (failure) return <FailurePlace failure={failure} onRetry={reload} />
  if (!data) return <Skeleton width="70%" />
  const first = answers[0]
  return (
    <div className="cd-stack">
      <div className="cd-lines-scroll">
        <table className="cd-lines-table">
          <thead>
            <tr>
              <th scope="col">{words.t('screens.answer.line')}</th>
              <th scope="col" className="cd-number">
                {words.t('screens.answer.sum')}
              </th>
              <th scope="col" style={{ width: 136 }}>
                {words.t('screens.answer.kind')}
              </th>
              <th scope="col">{words.t('screens.answer.number')}</th>
              <th scope="col">{words.t('screens.answer.on')}</th>
              <th scope="col">{words.t('screens.answer.external')}</th>
              <th scope="col">{words.t('screens.answer.comment')}</th>
              {onFile ? <th scope="col">{words.t('screens.answer.file')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line, index) => {
              const answer = answers[index]
              if (!answer) return null
              const field = (
                part: 'taxDocumentNumber' | 'taxDocumentOn' | 'externalNumber' | 'comment',
                label: string,
              ) => {
                const fault = faults[`${name}.${index}.${part}`] ?? faults[`lines.${index}.${part}`]
                const faultId = `cd-answer-${index}-${part}`
                const common = {
                  className: 'cd-input cd-input-small',
                  'aria-label': `${label}: ${line.name}`,
                  'aria-invalid': fault ? true : undefined,
                  'aria-describedby': fault ? faultId : undefined,
                  value: answer[part] ?? '',
                }
                return (
                  <>
                    {part === 'taxDocumentOn' ? (
                      <DayField {...common} onChange={(day) => change(index, { [part]: day ?? '' })} />
                    ) : (
                      <input
                        {...common}
                        type="text"
                        {...(index === 0 && part === 'taxDocumentNumber' && { 'data-first': true })}
                        onChange={(event) => change(index, { [part]: event.target.value })}
                      />
                    )}
                    {fault ? (
                      <p className="cd-fault" id={faultId}>
                        {words.fault(fault.message, fault.params)}
                      </p>
                    ) : null}
                  </>
                )
              }
              return (
                <tr key={line.lineId}>
                  <td className="cd-lines-whole">{line.name}</td>
                  <td className="cd-number" data-label={words.t('screens.answer.sum')}>
                    {words.money(line.totalMinor, line.currency)}
                  </td>
                  <td data-label={words.t('screens.answer.kind')}>
                    <select
                      className="cd-input cd-input-small"
                      aria-label={`${words.t('screens.answer.kind')}: ${line.name}`}
                      value={answer.taxDocumentKind}
                      onChange={(event) =>
                        change(index, {
                          taxDocumentKind: event.target.value === 'upd' ? 'upd' : 'tax_invoice',
                        })
                      }
                    >
                      <option value="tax_invoice">{words.t('screens.answer.kinds.tax_invoice')}</option>
                      <option value="upd">{words.t('screens.answer.kinds.upd')}</option>
                    </select>
                  </td>
                  <td style={{ width: 110 }} data-label={words.t('screens.answer.number')}>
                    {field('taxDocumentNumber', words.t('screens.answer.number'))}
                  </td>
                  <td style={{ width: 140 }} data-label={words.t('screens.answer.on')}>
                    {field('taxDocumentOn', words.t('screens.answer.on'))}
                  </td>
                  <td style={{ width: 110 }} data-label={words.t('screens.answer.external')}>
                    {field('externalNumber', words.t('screens.answer.external'))}
                  </td>
                  <td data-label={words.t('screens.answer.comment')}>
                    {field('comment', words.t('screens.answer.comment'))}
                  </td>
                  {onFile ? (
                    <td className="cd-lines-whole" data-label={words.t('screens.answer.file')}>
                      <FilePick
                        label={words.t('screens.answer.file_of', { what: line.name })}
                        file={files[line.lineId] ?? null}
                        accept={PAPER_TYPES}
                        isInvalid={faults['files'] !== undefined}
                        onPick={(file) => {
                          setFiles({ ...files, [line.lineId]: file })
                          onFile(line.lineId, file)
                        }}
                      />
                    </td>
                  ) : null}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {faults['files'] ? (
        <p className="cd-fault" role="alert">
          {words.fault(faults['files'].message, faults['files'].params)}
        </p>
      ) : null}
      {answers.length > 1 && first?.taxDocumentNumber ? (
        <Button
          isSmall
          onClick={() =>
            put(
              answers.map((answer) => ({
                ...answer,
                taxDocumentKind: first.taxDocumentKind,
                taxDocumentNumber: first.taxDocumentNumber,
                taxDocumentOn: first.taxDocumentOn,
              })),
            )
          }
        >
          {words.t('screens.answer.same_for_all')}
        </Button>
      ) : null}
    </div>
  )
}
