/** What stands where something could not be shown: what happened, and the way on that can help. */

import { rootPath, type RequestFailed } from '../desk-api.ts'
import { useWords } from '../use-words.ts'
import { Button } from './button.tsx'
import { EmptyPlace } from './empty-place.tsx'
import { GoLink } from './go-link.tsx'

type Props = {
  failure: RequestFailed
  onRetry: () => void
  /** It is all the page has. */
  isPage?: boolean
}

export const FailurePlace = ({ failure, onRetry, isPage = false }: Props) => {
  const { t } = useWords()
  const { code } = failure
  // Trying again opens no door that is closed and finds no record that is not there.
  if (code === 'forbidden' || code === 'missing') {
    const place = code === 'forbidden' ? 'closed' : 'nowhere'
    return (
      <EmptyPlace
        isPage={isPage}
        icon={code === 'forbidden' ? 'Lock' : 'Compass'}
        title={t(`screens.${place}.title`)}
        text={t(`screens.${place}.text`)}
      >
        {isPage ? (
          <GoLink href={rootPath()} className="cd-button">
            {t('screens.nowhere.home')}
          </GoLink>
        ) : null}
      </EmptyPlace>
    )
  }
  return (
    <div role="alert">
      <EmptyPlace
        isPage={isPage}
        icon="AlertTriangle"
        title={t('screens.failure.title')}
        text={t(`screens.failure.${code}`)}
      >
        <Button icon="RefreshCw" onClick={onRetry}>
          {t('screens.retry')}
        </Button>
      </EmptyPlace>
    </div>
  )
}
