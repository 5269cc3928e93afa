/** The card of a message that begins a conversation. */

import { useEffect, type ReactNode } from 'react'
import { useWords } from '../use-words.ts'
import { ConversationBack } from './conversation-back.tsx'

export const NewThreadFrame = ({ backHref, children }: { backHref: string; children: ReactNode }) => {
  const words = useWords()
  const title = words.t('threads.new.title')
  useEffect(() => {
    document.title = `${title} · certdesk`
  }, [title])
  return (
    <section className="cd-card cd-conversation cd-conversation-new">
      <header className="cd-conversation-head">
        <ConversationBack href={backHref} />
        <h1 className="cd-h2">{title}</h1>
      </header>
      {children}
    </section>
  )
}
