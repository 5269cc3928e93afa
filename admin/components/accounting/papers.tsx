/** The papers of a service by their numbers, with an eye where the client has opened one. */

import { Fragment } from 'react'
import type { DeskDocument } from '../../desk-types.ts'
import { recordUrl } from '../desk-api.ts'
import { shortNumber } from '../format.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

export const Papers = ({ papers }: { papers: DeskDocument[] }) => {
  const words = useWords()
  if (!papers.length) return <span className="cd-muted cd-none">—</span>
  return (
    <>
      {papers.map((paper, index) => {
        const seen = paper.seenAt && words.t('screens.organisation.seen', { at: words.moment(paper.seenAt) })
        return (
          <Fragment key={paper.id}>
            {index ? ', ' : ''}
            <GoLink href={recordUrl('documents', paper.id)} className="cd-code" title={paper.number}>
              {`№\u00a0${shortNumber(paper.number)}`}
            </GoLink>
            {seen ? (
              <>
                {' '}
                <span className="cd-seen" title={seen}>
                  <Icon name="Eye" />
                  <span className="cd-hidden">{seen}</span>
                </span>
              </>
            ) : null}
          </Fragment>
        )
      })}
    </>
  )
}
