/** Reads the record in the address and shows its page, its form or the component its action names. */

import type { ComponentType } from 'react'
import { useParams } from 'react-router-dom'
import { useResourceData, type ResourceData } from '../adminjs-state.ts'
import { readRecord, RequestFailed, type ActionButton, type RecordData } from '../desk-api.ts'
import { DefaultEditAction } from '../form/default-edit-action.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonPage } from '../parts/skeleton.tsx'
import { DefaultShowAction } from '../record/default-show-action.tsx'
import { useLoaded } from '../use-desk.ts'

export type RecordScreenProps = {
  resource: ResourceData
  record: RecordData
  action: ActionButton
  reload: () => void
  replace: (record: RecordData) => void
}
type Named = { AdminJS: { UserComponents: Record<string, ComponentType<RecordScreenProps> | undefined> } }

export const RecordScreen = () => {
  const { resourceId = '', recordId = '', actionName = 'show' } = useParams()
  const resource = useResourceData(resourceId)
  const { data, failure, isLoading, reload, replace } = useLoaded(
    resource ? `${resourceId}/${recordId}/${actionName}` : null,
    (signal) => readRecord(resourceId, recordId, actionName, signal),
  )
  const record = data?.record
  // AdminJS answers «not found» and «forbidden» with a 200 and a notice.
  const refused = data?.notice?.type === 'error' || record?.baseError
  if (failure || !resource || refused) {
    const problem = failure ?? new RequestFailed('missing', 404)
    return (
      <section className="cd-card">
        <FailurePlace failure={problem} onRetry={reload} />
      </section>
    )
  }
  // The row of the record asked for before must not flash under the new address.
  if (!record || (isLoading && String(record.id) !== recordId)) return <SkeletonPage />
  const action = resource.actions.find(({ name }) => name === actionName)
  const Own = action?.component
    ? (globalThis as unknown as Named).AdminJS.UserComponents[action.component]
    : undefined
  const props: RecordScreenProps = {
    resource,
    record,
    action: action ?? { name: actionName, actionType: 'record' },
    reload,
    replace: (next) => replace({ ...data, record: next }),
  }
  const key = `${resourceId}/${recordId}`
  if (Own) return <Own key={key} {...props} />
  return actionName === 'edit' ? (
    <DefaultEditAction key={key} {...props} />
  ) : (
    <DefaultShowAction key={key} {...props} />
  )
}
