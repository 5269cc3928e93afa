/** «Сообщения»: the list of conversations beside the one that is open; on a phone one at a time. */

import { useEffect } from 'react'
import { useSearchParams } from 'react-router-dom'
import { useMe } from '../adminjs-state.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'
import { ChooseClientView } from './choose-client-view.tsx'
import { ConversationView } from './conversation-view.tsx'
import { NewThreadView } from './new-thread-view.tsx'
import { aboutOf, chooseUrl, threadsUrl, writeUrl } from './thread-address.ts'
import { ThreadList, VIEWS } from './thread-list.tsx'

export const MessagesPage = () => {
  const words = useWords()
  const { side, role, organisation, id: me } = useMe()
  const [search] = useSearchParams()
  const [first = 'all'] = VIEWS[side]
  const asked = search.get('view')
  const threadId = Number(search.get('thread')) || null
  const about = aboutOf(search.get('about'))
  const isOpen = threadId !== null || about !== null
  const view = VIEWS[side].find((one) => one === asked) ?? (isOpen && side === 'staff' ? 'all' : first)
  const title = words.t('threads.title')
  useEffect(() => {
    if (!isOpen) document.title = `${title} · certdesk`
  }, [title, isOpen])
  const Title = isOpen ? 'h2' : 'h1'
  const writeHref =
    side === 'client'
      ? writeUrl(organisation ? { kind: 'organisation', id: organisation.id } : { kind: 'person', id: me })
      : role === 'support'
        ? null
        : chooseUrl()
  const backHref = threadsUrl(view)
  return (
    <div className={isOpen ? 'cd-messages cd-messages-open' : 'cd-messages'}>
      <div className="cd-messages-side">
        <div className="cd-head">
          <div className="cd-head-text">
            <Title className="cd-h1">{title}</Title>
          </div>
          {writeHref ? (
            <GoLink href={writeHref} className={isOpen ? 'cd-button' : 'cd-button cd-button-primary'}>
              <Icon name="Edit2" />
              {words.t(side === 'client' ? 'threads.write' : 'threads.new.title')}
            </GoLink>
          ) : null}
        </div>
        <ThreadList view={view} openId={threadId} writeHref={writeHref} />
      </div>
      <div className="cd-messages-main">
        {threadId !== null ? (
          <ConversationView key={threadId} threadId={threadId} backHref={backHref} />
        ) : about === 'choose' ? (
          <ChooseClientView backHref={backHref} />
        ) : about ? (
          <NewThreadView key={`${about.kind}-${about.id}`} about={about} backHref={backHref} />
        ) : (
          <section className="cd-card cd-conversation cd-conversation-none">
            <EmptyPlace
              icon="MessageSquare"
              title={words.t('threads.pick')}
              text={words.t('threads.pick_text')}
            />
          </section>
        )}
      </div>
    </div>
  )
}
