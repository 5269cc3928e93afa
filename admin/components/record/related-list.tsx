/** Records of another resource that belong to this one, a page at a time, with the way to add one. */

import { useState } from 'react'
import type { Child } from '../../view-types.ts'
import { listViewOf, useResourceData } from '../adminjs-state.ts'
import { listRecords, newUrl } from '../desk-api.ts'
import { Pager } from '../list/pager.tsx'
import { RecordTable } from '../list/record-table.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'

const PER_PAGE = 25

type Props = Child & {
  recordId: string
  hasHeading?: boolean
  extra?: Record<string, string>
  hidden?: string[]
}

export const RelatedList = ({
  resourceId,
  foreignKey,
  recordId,
  hasHeading = true,
  extra = {},
  hidden = [],
}: Props) => {
  const words = useWords()
  const resource = useResourceData(resourceId)
  const view = listViewOf(resource)
  const [page, setPage] = useState(1)
  const { data, failure, isLoading, reload } = useLoaded(
    resource ? `${resourceId}/${foreignKey}/${recordId}/${page}/${JSON.stringify(extra)}` : null,
    (signal) =>
      listRecords(
        resourceId,
        { [`filters.${foreignKey}`]: recordId, page, perPage: PER_PAGE, ...extra },
        signal,
      ),
  )
  useOnPulse(reload)
  if (!resource || !view) return null
  const columns = view.columns.filter(
    ({ property, optional }) => property !== foreignKey && !optional && !hidden.includes(property),
  )
  const records = data?.records ?? []
  const name = words.resource(resourceId)
  const mayAdd = resource.resourceActions.some((action) => action.name === 'new')
  return (
    <section className="cd-card">
      {hasHeading || mayAdd ? (
        <header className="cd-card-head">
          <h2 className="cd-h3 cd-grow">
            {name}{' '}
            {data?.meta.total ? (
              <span className="cd-muted">
                {words.count({ count: data.meta.total, isCapped: data.meta.isCapped })}
              </span>
            ) : null}
          </h2>
          {mayAdd ? (
            <GoLink
              href={`${newUrl(resourceId)}?${foreignKey}=${recordId}`}
              className="cd-button cd-button-small"
            >
              {words.action(resourceId, 'new')}
            </GoLink>
          ) : null}
        </header>
      ) : null}
      {failure ? (
        <FailurePlace failure={failure} onRetry={reload} />
      ) : !isLoading && !records.length ? (
        <EmptyPlace
          title={words.either([`resources.${resourceId}.empty.title`], words.t('screens.list.empty'))}
          text={words.either([`resources.${resourceId}.empty.text`], words.t('screens.list.empty_text'))}
        />
      ) : (
        // While nothing in it can take the focus, the table itself does: it scrolls sideways.
        <div className="cd-table-wrap" tabIndex={isLoading ? 0 : undefined}>
          <RecordTable
            resourceId={resourceId}
            columns={columns}
            records={records}
            isLoading={isLoading}
            title={name}
          />
        </div>
      )}
      {data && data.meta.total > PER_PAGE ? (
        <Pager meta={data.meta} shown={records.length} perPage={PER_PAGE} onPage={setPage} />
      ) : null}
    </section>
  )
}
