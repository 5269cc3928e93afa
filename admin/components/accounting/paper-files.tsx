/** Files for the documents accounting has already named: one file for each document, whatever lines it covers. */

import { useState } from 'react'
import { FailurePlace } from '../parts/failure-place.tsx'
import { FilePick } from '../parts/file-pick.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useWords } from '../use-words.ts'
import { useRequestLines } from './use-request-lines.ts'

export const PAPER_TYPES = '.pdf,.xml'

type Props = {
  requestId: string
  fault: string | undefined
  onPick: (lineId: number, file: File | null) => void
}

export const PaperFiles = ({ requestId, fault, onPick }: Props) => {
  const words = useWords()
  const { data, failure, reload } = useRequestLines(requestId)
  const [chosen, setChosen] = useState<Record<number, File | null>>({})
  if (failure) return <FailurePlace failure={failure} onRetry={reload} />
  if (!data) return <Skeleton width="70%" />
  const papers = data.lines.filter(
    (line, index) =>
      data.lines.findIndex((one) => one.taxDocumentNumber === line.taxDocumentNumber) === index,
  )
  return (
    <div className="cd-stack">
      {papers.map(({ lineId, taxDocumentKind, taxDocumentNumber, taxDocumentOn, received }, index) => {
        const title = words.t('screens.answer.document_of', {
          kind: words.t(`screens.answer.kinds.${taxDocumentKind ?? 'tax_invoice'}`),
          number: taxDocumentNumber ?? '',
          on: taxDocumentOn ? words.day(taxDocumentOn) : '',
        })
        return (
          <div key={lineId} className="cd-row cd-row-wrap">
            <span className="cd-grow">
              {title}
              {received.length ? (
                <span className="cd-muted cd-small"> · {words.t('screens.answer.has_file')}</span>
              ) : null}
            </span>
            <FilePick
              label={words.t('screens.answer.file_of', { what: title })}
              file={chosen[lineId] ?? null}
              accept={PAPER_TYPES}
              isFirst={index === 0}
              isInvalid={fault !== undefined}
              onPick={(file) => {
                setChosen({ ...chosen, [lineId]: file })
                onPick(lineId, file)
              }}
            />
          </div>
        )
      })}
      {fault ? (
        <p className="cd-fault" role="alert">
          {fault}
        </p>
      ) : (
        <p className="cd-hint">{words.t('screens.answer.file_kinds')}</p>
      )}
    </div>
  )
}
