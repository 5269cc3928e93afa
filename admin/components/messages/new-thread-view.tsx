/** The first message about a record: to whom it goes, what it is about, its title and text. */

import type { NewThread } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, recordUrl } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Note } from '../parts/note.tsx'
import { useLoaded } from '../use-desk.ts'
import { useGo } from '../use-go.ts'
import { useWords } from '../use-words.ts'
import { Composer } from './composer.tsx'
import { ConversationPending } from './conversation-pending.tsx'
import { NewThreadFrame } from './new-thread-frame.tsx'
import { threadUrl, type About } from './thread-address.ts'
import { subjectWords } from './thread-words.ts'

export const NewThreadView = ({ about, backHref }: { about: About; backHref: string }) => {
  const words = useWords()
  const go = useGo()
  const { side } = useMe()
  const { data, failure, reload } = useLoaded(`new-thread/${about.kind}/${about.id}`, (signal) =>
    desk<NewThread>('new-thread', about, signal),
  )
  if (!data) return <ConversationPending failure={failure} onRetry={reload} />
  const { subject, client, office, readers } = data
  return (
    <NewThreadFrame backHref={backHref}>
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
    </NewThreadFrame>
  )
}
