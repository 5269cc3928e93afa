/** What stands where something could not be loaded: what happened and «Повторить». */

import type { RequestFailed } from '../desk-api.ts'
import { useWords } from '../use-words.ts'
import { Button } from './button.tsx'
import { EmptyPlace } from './empty-place.tsx'

export const FailurePlace = ({ failure, onRetry }: { failure: RequestFailed; onRetry: () => void }) => {
  const { t } = useWords()
  return (
    <div role="alert">
      <EmptyPlace
        icon="AlertTriangle"
        title={t('screens.failure.title')}
        text={t(`screens.failure.${failure.code}`)}
      >
        <Button icon="RefreshCw" onClick={onRetry}>
          {t('screens.retry')}
        </Button>
      </EmptyPlace>
    </div>
  )
}
