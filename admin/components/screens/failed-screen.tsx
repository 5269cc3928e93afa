/** The whole page when what its address names is not there, is not for this person, or could not be loaded. */

import { useEffect } from 'react'
import { RequestFailed } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { useWords } from '../use-words.ts'

type Props = { failure?: RequestFailed | undefined; onRetry?: () => void }

export const FailedScreen = ({
  failure = new RequestFailed('missing', 404),
  onRetry = () => location.reload(),
}: Props) => {
  const { t } = useWords()
  useEffect(() => {
    document.title = `${t('screens.nowhere.title')} · certdesk`
  }, [t])
  return (
    <section className="cd-card">
      <FailurePlace isPage failure={failure} onRetry={onRetry} />
    </section>
  )
}
