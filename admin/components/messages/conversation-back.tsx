/** From a conversation back to the list, where a phone shows one at a time. */

import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

export const ConversationBack = ({ href }: { href: string }) => {
  const { t } = useWords()
  return (
    <GoLink href={href} className="cd-conversation-back cd-icon-button" title={t('threads.back')}>
      <Icon name="ArrowLeft" />
      <span className="cd-hidden">{t('threads.back')}</span>
    </GoLink>
  )
}
