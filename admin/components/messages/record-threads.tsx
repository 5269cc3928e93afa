/** What has been written about a record, on the page of the record, and the way to write about it. */

import type { ThreadList } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk } from '../desk-api.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { writeUrl, type About } from './thread-address.ts'
import { ThreadRow } from './thread-row.tsx'

type Props = {
  about: About
  /** Everything of the organisation, not only what is about its card. */
  isWhole?: boolean
}

export const RecordThreads = ({ about, isWhole = false }: Props) => {
  const words = useWords()
  const { role } = useMe()
  const query = isWhole ? { organisationId: about.id } : { kind: about.kind, id: about.id }
  const { data, failure, reload } = useLoaded(`threads/${about.kind}/${about.id}`, (signal) =>
    desk<ThreadList>('threads', query, signal),
  )
  useOnPulse(reload)
  const write =
    role === 'support' ? null : (
      <GoLink href={writeUrl(about)} className="cd-button cd-button-small">
        <Icon name="Edit2" />
        {words.t('threads.write')}
      </GoLink>
    )
  if (failure && !data) return <FailurePlace failure={failure} onRetry={reload} />
  if (!data) return <SkeletonCard lines={3} />
  return (
    <section className="cd-card" data-testid="record-threads">
      <header className="cd-card-head">
        <h2 className="cd-h3 cd-grow">{words.t('threads.title')}</h2>
        {write}
      </header>
      {data.items.length ? (
        <ul>
          {data.items.map((row) => (
            <ThreadRow key={row.id} row={row} view="all" hasClient={false} />
          ))}
        </ul>
      ) : isWhole ? (
        <EmptyPlace
          icon="MessageSquare"
          title={words.t('threads.empty.record')}
          text={words.t('threads.empty.record_text')}
        />
      ) : null}
    </section>
  )
}
