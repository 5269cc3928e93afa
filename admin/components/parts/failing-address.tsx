/** The warning beside an address that letters do not reach: since when, and what the mail server said. */

import { useWords } from '../use-words.ts'

export const FailingAddress = ({ failing }: { failing: { since: string; reason: string } | null }) => {
  const words = useWords()
  if (!failing) return null
  return (
    <span className="cd-failed-text cd-small cd-failing-address">
      {words.t('notifications.failing', { since: words.moment(failing.since), reason: failing.reason })}
    </span>
  )
}
