/** The imports into the register, newest first: whose file, how it went, and the rows that were not taken. */

import type { RegisterImportFacts, Tone } from '../../desk-types.ts'
import { fileUrl, pageUrl } from '../desk-api.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Moment } from '../parts/moment.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'

const TONES: Record<RegisterImportFacts['state'], Tone> = {
  draft: 'yours',
  queued: 'theirs',
  running: 'theirs',
  done: 'done',
  failed: 'fail',
  cancelled: 'closed',
}

export const ImportState = ({ made }: { made: RegisterImportFacts }) => {
  const words = useWords()
  const key = made.isStopping ? 'stopping' : made.state
  return <Badge tone={TONES[made.state]}>{words.t(`register.import_states.${key}`)}</Badge>
}

export const importUrl = (id: number): string => `${pageUrl('register')}?import=${id}`

export const ImportsList = ({ imports }: { imports: RegisterImportFacts[] }) => {
  const words = useWords()
  const number = (value: number) => words.number(value, 0)
  return (
    <section className="cd-card cd-list-card">
      <header className="cd-card-head">
        <h2 className="cd-h2">{words.t('register.imports')}</h2>
      </header>
      {imports.length === 0 ? (
        <EmptyPlace
          icon="Database"
          title={words.t('register.no_imports')}
          text={words.t('register.no_imports_text')}
        />
      ) : (
        <div className="cd-table-wrap">
          <table className="cd-table cd-table-tall cd-table-cards">
            <caption className="cd-hidden">{words.t('register.imports')}</caption>
            <thead>
              <tr>
                <th scope="col">{words.t('register.file')}</th>
                <th scope="col">{words.property('organisations', 'country')}</th>
                <th scope="col">{words.t('register.as_of_column')}</th>
                <th scope="col" className="cd-number">
                  {words.t('register.counts.added')}
                </th>
                <th scope="col" className="cd-number">
                  {words.t('register.counts.changed')}
                </th>
                <th scope="col" className="cd-number">
                  {words.t('register.counts.unchanged')}
                </th>
                <th scope="col" className="cd-number">
                  {words.t('register.counts.bad')}
                </th>
                <th scope="col">{words.t('register.state')}</th>
              </tr>
            </thead>
            <tbody>
              {imports.map((made) => (
                <tr key={made.id}>
                  <td className="cd-at-title">
                    <GoLink href={importUrl(made.id)}>{made.fileName}</GoLink>
                    <br />
                    <span className="cd-muted cd-small">
                      <Moment at={made.createdAt} />
                      {made.by ? ` · ${made.by}` : ''}
                    </span>
                  </td>
                  <td className="cd-at-off">{words.value('organisations', 'country', made.country)}</td>
                  <td className="cd-soft cd-at-off">{words.day(made.asOf)}</td>
                  <td className="cd-number cd-at-off">{number(made.rowsAdded)}</td>
                  <td className="cd-number cd-at-off">{number(made.rowsChanged)}</td>
                  <td className="cd-number cd-at-off">{number(made.rowsUnchanged)}</td>
                  <td className="cd-number cd-at-sum">
                    {made.may.download && made.rowsBad > 0 ? (
                      <a
                        href={fileUrl('register-import', made.id)}
                        title={words.t('register.bad_file')}
                        aria-label={words.t('register.bad_file')}
                      >
                        {number(made.rowsBad)}
                      </a>
                    ) : (
                      number(made.rowsBad)
                    )}
                  </td>
                  <td className="cd-at-state">
                    <ImportState made={made} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
