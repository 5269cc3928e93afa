/** The messages of a conversation: day by day, ours on the right, files under the text, a mark of who has read. */

import { Fragment, useEffect, useRef } from 'react'
import type { Conversation, MessageFile, ThreadMessage } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { fileUrl } from '../desk-api.ts'
import { dayOf } from '../format.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords, type Words } from '../use-words.ts'

type Props = {
  messages: ThreadMessage[]
  reads: Conversation['reads']
  hasOlder: boolean
  isLoadingOlder: boolean
  onOlder: () => void
}

/** What a browser shows by itself. */
const SHOWN = new Set(['application/pdf', 'image/png', 'image/jpeg', 'text/plain'])

const dayWords = (words: Words, day: string): string => {
  const shifted = (days: number) => dayOf(new Date(Date.now() - days * 86_400_000), words.timezone)
  if (day === shifted(0)) return words.t('threads.today')
  return day === shifted(1) ? words.t('threads.yesterday') : words.dayWords(day)
}

const Files = ({ files }: { files: MessageFile[] }) => {
  const words = useWords()
  return (
    <ul className="cd-message-files">
      {files.map(({ id, title, size, mime }) => {
        const isShown = SHOWN.has(mime)
        return (
          <li key={id}>
            <a
              className="cd-message-file"
              href={fileUrl('message', id, isShown)}
              {...(isShown ? { target: '_blank', rel: 'noreferrer' } : { download: true })}
            >
              <Icon name={mime.startsWith('image/') ? 'Image' : 'File'} />
              <span className="cd-cut">{title}</span>
              <span className="cd-muted cd-small cd-code">{words.size(size)}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

export const MessageList = ({ messages, reads, hasOlder, isLoadingOlder, onOlder }: Props) => {
  const words = useWords()
  const { side } = useMe()
  const own = side === 'client' ? 'client' : 'office'
  const root = useRef<HTMLDivElement>(null)
  const lastId = messages.at(-1)?.id
  // A new word is looked at; older ones that were asked for leave the place as it is.
  useEffect(() => {
    const place = root.current
    if (place) place.scrollTop = place.scrollHeight
  }, [lastId])
  const lastOwn = messages.findLast((message) => message.side === own)
  const readers = lastOwn ? reads.filter(({ readTo }) => readTo >= lastOwn.id) : []
  let day = ''
  return (
    <div
      ref={root}
      className="cd-messages-scroll"
      tabIndex={0}
      role="log"
      aria-label={words.t('threads.conversation')}
    >
      {hasOlder ? (
        <p className="cd-threads-more">
          <Button isSmall isBusy={isLoadingOlder} onClick={onOlder}>
            {words.t('threads.older')}
          </Button>
        </p>
      ) : null}
      {messages.map((message) => {
        const today = dayOf(new Date(message.at), words.timezone)
        const isNewDay = today !== day
        day = today
        const isOwn = message.side === own
        return (
          <Fragment key={message.id}>
            {isNewDay ? (
              <p className="cd-message-day">
                <span>{dayWords(words, today)}</span>
              </p>
            ) : null}
            <article
              className={isOwn ? 'cd-message cd-message-own' : 'cd-message'}
              data-testid={`message-${message.id}`}
            >
              <header className="cd-message-head cd-small">
                <b>{message.isMine ? words.t('threads.you') : message.author}</b>
                <time dateTime={message.at} title={words.exact(message.at)} className="cd-muted cd-code">
                  {words.time(message.at)}
                </time>
              </header>
              {message.text ? <p className="cd-message-text">{message.text}</p> : null}
              {message.files.length ? <Files files={message.files} /> : null}
            </article>
            {message.id === lastOwn?.id ? (
              <p className="cd-message-read cd-muted cd-small">
                <Icon name={readers.length ? 'CheckCircle' : 'Check'} />
                {readers[0]
                  ? words.t('threads.read_by', {
                      names: readers.map(({ name }) => name).join(', '),
                      at: words.moment(readers[0].at),
                    })
                  : words.t('threads.not_read')}
              </p>
            ) : null}
          </Fragment>
        )
      })}
    </div>
  )
}
