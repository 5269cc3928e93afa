/** The first message about a record: to whom it goes, what it is about, its title and text. */

import { useEffect } from 'react'
import type { NewThread } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, recordUrl } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useGo } from '../use-go.ts'
import { useWords } from '../use-words.ts'
import { Composer } from './composer.tsx'
import { threadUrl, type About } from './thread-address.ts'
import { subjectWords } from './thread-words.ts'

export const NewThreadView = ({ about, backHref }: { about: About; backHref: string }) => {
  const words = useWords()
  const go = useGo()
  const { side } = useMe()
  const { data, failure, reload } = useLoaded(`new-thread/${about.kind}/${about.id}`, (signal) =>
    desk<NewThread>('new-thread', about, signal),
  )
  useEffect(() => {
    document.title = `${words.t('threads.new.title')} · certdesk`
  }, [words])
  if (failure && !data) {
    return (
      <section className="cd-card cd-conversation">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  }
  if (!data) return <SkeletonCard lines={8} />
  const { subject, client, office, readers } = data
  return (
    <section className="cd-card cd-conversation cd-conversation-new">
      <header className="cd-conversation-head">
        <GoLink
          href={backHref}
          className="cd-conversation-back cd-icon-button"
          title={words.t('threads.back')}
        >
          <Icon name="ArrowLeft" />
          <span className="cd-hidden">{words.t('threads.back')}</span>
        </GoLink>
        <h1 className="cd-h2">{words.t('threads.new.title')}</h1>
      </header>
      <div className="cd-conversation-body">
        <dl className="cd-conversation-new-facts">
          <dt>{words.t('threads.new.to')}</dt>
          <dd>{side === 'client' ? office : client.name}</dd>
          <dt>{words.t('threads.new.about')}</dt>
          <dd>
            {subject.resourceId && subject.number !== null ? (
              <GoLink href={recordUrl(subject.resourceId, subject.id)}>{subjectWords(words, subject)}</GoLink>
            ) : (
              subjectWords(words, subject)
            )}
          </dd>
        </dl>
        {readers === 0 ? <Note look="warn">{words.t('threads.new.readers_none')}</Note> : null}
      </div>
      <Composer
        place={{ subject: about }}
        draft={data.draft}
        templates={data.templates}
        hasTitle
        onSent={(id) => go(threadUrl(id, 'all'), { replace: true })}
      />
    </section>
  )
}
