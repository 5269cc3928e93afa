/** «Отгруженные лицензии и товары» of a service (S3-21): each paper, who issued it and when, and its print (S3-20). */

import type { DeskDocument } from '../../desk-types.ts'
import { fileUrl, recordUrl, type RecordData } from '../desk-api.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { StateBadge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'

const papersOf = (record: RecordData, property: string): DeskDocument[] => {
  const papers = record.params[property]
  return Array.isArray(papers) ? (papers as DeskDocument[]) : []
}

export const LinePapers = ({ record }: { record: RecordData }) => {
  const words = useWords()
  const papers = ['licences', 'acts', 'received'].flatMap((property) => papersOf(record, property))
  const validTo = record.params['validTo']
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t('screens.lines.shipped')}</h2>
      </header>
      {papers.length ? (
        <div className="cd-table-wrap">
          <table className="cd-table cd-table-cards">
            <caption className="cd-hidden">{words.t('screens.lines.shipped')}</caption>
            <thead>
              <tr>
                <th scope="col">{words.t('screens.lines.kind')}</th>
                <th scope="col">{words.t('screens.lines.number')}</th>
                <th scope="col">{words.t('screens.lines.info')}</th>
                <th scope="col">{words.t('screens.lines.issued_on')}</th>
                <th scope="col">{words.t('screens.lines.until')}</th>
                <th className="cd-tight">
                  <span className="cd-hidden">{words.t('screens.lines.print')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {papers.map((paper) => (
                <tr key={paper.id}>
                  <td className="cd-at-sub">
                    {words.value('documents', 'kind', paper.kind)}{' '}
                    <StateBadge
                      resourceId="documents"
                      property="state"
                      value={paper.state}
                      tones={{
                        all: { ready: 'draft', published: 'done', failed: 'fail', generating: 'theirs' },
                      }}
                    />
                  </td>
                  <td className="cd-at-title">
                    <GoLink href={recordUrl('documents', paper.id)} className="cd-code">
                      {paper.number}
                    </GoLink>
                  </td>
                  <td className="cd-at-off">
                    {paper.issuedBy ? words.t('screens.lines.issued_by', { by: paper.issuedBy }) : '—'}
                  </td>
                  <td className="cd-at-state cd-code">{words.day(paper.issuedOn)}</td>
                  <td className="cd-at-off cd-code">
                    {paper.kind === 'licence'
                      ? typeof validTo === 'string'
                        ? words.day(validTo)
                        : words.t('screens.lines.forever')
                      : '—'}
                  </td>
                  <td className="cd-at-sum">
                    {paper.hasFile ? (
                      <a
                        className="cd-button cd-button-small"
                        href={fileUrl('document', paper.id, true)}
                        target="_blank"
                        rel="noopener"
                        aria-label={words.t('screens.lines.print_what', { number: paper.number })}
                      >
                        <Icon name="Printer" />
                        {words.t('screens.lines.print')}
                      </a>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <EmptyPlace
          icon="File"
          title={words.t('screens.lines.no_papers')}
          text={words.t('screens.lines.no_papers_text')}
        />
      )}
    </section>
  )
}
