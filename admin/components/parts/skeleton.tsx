/** The shape of what is coming, while it comes. */

import { useWords } from '../use-words.ts'

export const Skeleton = ({ width = '60%' }: { width?: string | number }) => (
  <span className="cd-skeleton" style={{ width }} aria-hidden />
)

const WIDTHS = ['72%', '48%', '60%', '36%', '66%', '52%']

/** A card of lines, for a screen whose parts are not known yet. */
export const SkeletonCard = ({ lines = 6 }: { lines?: number }) => {
  const { t } = useWords()
  return (
    <section className="cd-card" aria-busy="true" aria-label={t('screens.loading')}>
      <div className="cd-card-body cd-stack">
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} width={WIDTHS[index % WIDTHS.length] ?? '50%'} />
        ))}
      </div>
    </section>
  )
}

/** A whole record page that is coming. */
export const SkeletonPage = () => (
  <>
    <div className="cd-head">
      <div className="cd-head-text cd-stack">
        <Skeleton width={120} />
        <Skeleton width={320} />
      </div>
    </div>
    <div className="cd-two">
      <SkeletonCard lines={8} />
      <SkeletonCard lines={5} />
    </div>
  </>
)
