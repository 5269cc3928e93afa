/** What was asked of accounting, line by line, and why it said no, on the page of the request. */

import type { ResourceData } from '../adminjs-state.ts'
import { recordUrl, type RecordData } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Note } from '../parts/note.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useWords } from '../use-words.ts'
import { Papers } from './papers.tsx'
import { useRequestLines } from './use-request-lines.ts'

export const AccountingAnswer = ({ record }: { resource: ResourceData; record: RecordData }) => {
  const words = useWords()
  const { data, failure, reload } = useRequestLines(String(record.id), String(record.params['version'] ?? ''))
  const outcome = record.params['outcome']
  const reason = record.params['failureText'] ?? record.params['failureCode']
  return (
    <>
      {outcome === 'refused' || outcome === 'timed_out' || outcome === 'undelivered' ? (
        <Note look="error">
          <p>
            <b>{words.t(`screens.messages.${outcome}`, { number: String(record.params['number'] ?? '') })}</b>
          </p>
          {reason ? <p>{words.either([`errors.${String(reason)}`], String(reason))}</p> : null}
        </Note>
      ) : null}
      {failure ? (
        <FailurePlace failure={failure} onRetry={reload} />
      ) : !data ? (
        <SkeletonCard lines={3} />
      ) : data.lines.length === 0 ? null : (
        <section className="cd-card">
          <header className="cd-card-head">
            <h2 className="cd-h3">{words.t('screens.answer.title')}</h2>
          </header>
          <div className="cd-table-wrap">
            <table className="cd-table cd-table-cards cd-table-snug">
              <thead>
                <tr>
                  <th scope="col">{words.t('screens.answer.line')}</th>
                  <th scope="col">{words.t('screens.answer.kind')}</th>
                  <th scope="col">{words.t('screens.answer.on')}</th>
                  <th scope="col">{words.t('screens.answer.external')}</th>
                  <th scope="col">{words.property('invoice-lines', 'received')}</th>
                  <th scope="col">{words.property('invoice-lines', 'licences')}</th>
                  <th scope="col">{words.property('invoice-lines', 'acts')}</th>
                  <th scope="col" className="cd-number">
                    {words.t('screens.answer.quantity')}
                  </th>
                  <th scope="col" className="cd-number">
                    {words.t('screens.answer.sum')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.lines.map((line) => (
                  <tr key={line.lineId}>
                    <td className="cd-at-title" title={line.name}>
                      <GoLink href={recordUrl('invoice-lines', line.lineId)}>{line.name}</GoLink>
                    </td>
                    <td className="cd-at-sub cd-code" title={line.comment ?? undefined}>
                      {line.taxDocumentKind ? (
                        `${words.t(`screens.answer.kinds.${line.taxDocumentKind}`)} ${line.taxDocumentNumber ?? ''}`
                      ) : (
                        <span className="cd-none">—</span>
                      )}
                    </td>
                    <td className="cd-at-state cd-code">
                      {line.taxDocumentOn ? (
                        words.day(line.taxDocumentOn)
                      ) : (
                        <span className="cd-none">—</span>
                      )}
                    </td>
                    <td className="cd-at-off cd-code">{line.externalNumber ?? '—'}</td>
                    <td className="cd-at-off">
                      <Papers papers={line.received} />
                    </td>
                    <td className="cd-at-off">
                      <Papers papers={line.licences} />
                    </td>
                    <td className="cd-at-off">
                      <Papers papers={line.acts} />
                    </td>
                    <td className="cd-number cd-at-off">{words.number(Number(line.quantity))}</td>
                    <td className="cd-number cd-at-sum">{words.money(line.totalMinor, line.currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}
