/** One conversation: what it is about and who answers, the messages, and the field for the next one. */

import { useEffect, useRef, useState } from 'react'
import type { Conversation, ThreadMessage } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, deskPost, recordUrl } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { Composer } from './composer.tsx'
import { ConversationBack } from './conversation-back.tsx'
import { ConversationPending } from './conversation-pending.tsx'
import { MessageList } from './message-list.tsx'
import { subjectWords, TONES } from './thread-words.ts'

type Step = (verb: string, payload?: object) => void

const Head = ({ data, backHref, onStep }: { data: Conversation; backHref: string; onStep: Step }) => {
  const words = useWords()
  const { side, id: me } = useMe()
  const { thread, may, colleagues } = data
  const { subject, client, assignee } = thread
  const about = subjectWords(words, subject)
  return (
    <header className="cd-conversation-head">
      <ConversationBack href={backHref} />
      <div className="cd-grow">
        <div className="cd-row cd-row-wrap">
          <h1 className="cd-h2">{thread.title}</h1>
          <Badge tone={TONES[side][thread.state]}>{words.t(`threads.states.${side}.${thread.state}`)}</Badge>
        </div>
        <p className="cd-muted cd-small cd-conversation-facts">
          {side === 'client' ? (
            <span>{thread.office}</span>
          ) : client.organisationId === null ? (
            <span>{client.name}</span>
          ) : (
            <GoLink href={recordUrl('organisations', client.organisationId)}>{client.name}</GoLink>
          )}
          {client.person && client.person !== client.name ? <span>{client.person}</span> : null}
          {subject.resourceId && subject.kind !== 'organisation' ? (
            <GoLink href={recordUrl(subject.resourceId, subject.id)}>{about}</GoLink>
          ) : (
            <span>{about}</span>
          )}
        </p>
      </div>
      {may.assign ? (
        <div className="cd-conversation-steps">
          <label className="cd-row" title={words.t('threads.assignee')}>
            <Icon name="User" />
            <span className="cd-hidden">{words.t('threads.assignee')}</span>
            <select
              className="cd-input cd-input-small"
              value={assignee?.id ?? ''}
              data-testid="assignee"
              onChange={({ target }) =>
                onStep('assign', { userId: target.value === '' ? null : Number(target.value) })
              }
            >
              <option value="">{words.t('threads.to_nobody')}</option>
              {assignee && !colleagues.some(({ id }) => id === assignee.id) ? (
                <option value={assignee.id}>{assignee.name}</option>
              ) : null}
              {colleagues.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {assignee?.id !== me && colleagues.some(({ id }) => id === me) ? (
            <Button isSmall testId="take" onClick={() => onStep('assign', { userId: me })}>
              {words.t('threads.take')}
            </Button>
          ) : null}
          {may.close || may.reopen ? (
            <Button
              isSmall
              icon={may.close ? 'Check' : 'RotateCcw'}
              testId={may.close ? 'close' : 'reopen'}
              onClick={() => onStep(may.close ? 'close' : 'reopen')}
            >
              {words.t(may.close ? 'threads.close' : 'threads.reopen')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </header>
  )
}

/** The other side sees how far this person has read, once the page is really looked at. */
const useReadMark = (threadId: number, lastId: number | undefined) => {
  const marked = useRef(0)
  useEffect(() => {
    const mark = () => {
      if (lastId === undefined || lastId <= marked.current || document.visibilityState !== 'visible') return
      marked.current = lastId
      deskPost(`threads/${threadId}/read`, { messageId: lastId }).catch((error: unknown) => {
        // The next message marks it anew; nobody has to be told.
        marked.current = 0
        console.debug('read', error)
      })
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [threadId, lastId])
}

export const ConversationView = ({ threadId, backHref }: { threadId: number; backHref: string }) => {
  const words = useWords()
  const { side } = useMe()
  const { failed } = useNotices()
  const [older, setOlder] = useState<{ messages: ThreadMessage[]; hasOlder: boolean } | null>(null)
  const [isLoadingOlder, setLoading] = useState(false)
  const { data, failure, reload } = useLoaded(`threads/${threadId}`, (signal) =>
    desk<Conversation>(`threads/${threadId}`, {}, signal),
  )
  useOnPulse(reload)
  useReadMark(threadId, data?.messages.at(-1)?.id)
  useEffect(() => {
    if (data) document.title = `${data.thread.title} · certdesk`
  }, [data?.thread.title])
  if (!data) return <ConversationPending failure={failure} onRetry={reload} />
  const first = (older?.messages ?? data.messages)[0]
  const shown = [
    ...(older?.messages ?? []),
    // As the conversation grows its oldest page moves on: nothing stands there twice.
    ...data.messages.filter(({ id }) => !older?.messages.some((one) => one.id === id)),
  ]
  const loadOlder = async () => {
    if (!first) return
    setLoading(true)
    try {
      const before = await desk<Conversation>(`threads/${threadId}`, { before: first.id })
      setOlder({ messages: [...before.messages, ...shown], hasOlder: before.hasOlder })
    } catch (error) {
      failed(error)
    } finally {
      setLoading(false)
    }
  }
  const step: Step = (verb, payload = {}) =>
    void deskPost(`threads/${threadId}/${verb}`, payload).then(reload, failed)
  const { thread, may } = data
  return (
    <section className="cd-card cd-conversation" data-testid={`thread-${threadId}`}>
      <Head data={data} backHref={backHref} onStep={step} />
      <MessageList
        messages={shown}
        reads={data.reads}
        hasOlder={older ? older.hasOlder : data.hasOlder}
        isLoadingOlder={isLoadingOlder}
        onOlder={() => void loadOlder()}
      />
      {may.reply ? (
        <Composer place={{ threadId }} draft={data.draft} templates={data.templates} onSent={reload}>
          {thread.state === 'closed' ? (
            <p className="cd-muted cd-small">
              {words.t(side === 'client' ? 'threads.composer.closed_client' : 'threads.composer.closed')}
            </p>
          ) : null}
        </Composer>
      ) : (
        <p className="cd-composer cd-muted">{words.t('threads.composer.read_only')}</p>
      )}
    </section>
  )
}
