/** The first screen of the cabinet: for whom the person acts, and the way to what is new. */

import { useEffect } from 'react'
import { useMe, useResources } from '../adminjs-state.ts'
import { listUrl } from '../desk-api.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'

export const CabinetHome = () => {
  const words = useWords()
  const { organisation } = useMe()
  const { counters } = useLive()
  const resources = useResources()
  useEffect(() => {
    document.title = `${words.t('screens.frame.home')} · certdesk`
  }, [words])
  if (!organisation) {
    return (
      <section className="cd-card">
        <EmptyPlace
          isPage
          icon="Clock"
          title={words.t('cabinet.waiting')}
          text={words.t('cabinet.waiting_text')}
        />
      </section>
    )
  }
  const fresh = resources.filter(({ id }) => (counters.navigation[id]?.count ?? 0) > 0)
  return (
    <div className="cd-home">
      <h1 className="cd-h1">{organisation.name}</h1>
      <section className="cd-card" aria-live="polite">
        {fresh.length ? (
          <ul className="cd-card-body cd-stack">
            {fresh.map(({ id }) => (
              <li key={id}>
                <GoLink href={listUrl(id)}>
                  {words.t(`cabinet.fresh.${id}`, { count: counters.navigation[id]?.count ?? 0 })}
                </GoLink>
              </li>
            ))}
          </ul>
        ) : (
          <EmptyPlace
            icon="CheckCircle"
            title={words.t('cabinet.nothing')}
            text={words.t('cabinet.nothing_text')}
          />
        )}
      </section>
    </div>
  )
}
