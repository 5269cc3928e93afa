/** Reads the record in the address and shows its page, its form or the component its action names. */

import type { ComponentType } from 'react'
import { useParams } from 'react-router-dom'
import { useResourceData, type ResourceData } from '../adminjs-state.ts'
import { readRecord, recordUrl, RequestFailed, type ActionButton, type RecordData } from '../desk-api.ts'
import { FormScreen } from '../form/form-screen.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { SkeletonPage } from '../parts/skeleton.tsx'
import { DefaultShowAction } from '../record/default-show-action.tsx'
import { useLoaded } from '../use-desk.ts'
import { useWords, type Params } from '../use-words.ts'
import { FailedScreen } from './failed-screen.tsx'

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
  // What was read of the record before says nothing of this one.
  const key = `${resourceId}/${recordId}`
  return <RecordAt key={key} resourceId={resourceId} recordId={recordId} actionName={actionName} />
}

type Place = { resourceId: string; recordId: string; actionName: string }

const RecordAt = ({ resourceId, recordId, actionName }: Place) => {
  const resource = useResourceData(resourceId)
  const { data, failure, reload, replace } = useLoaded(
    resource ? `${resourceId}/${recordId}/${actionName}` : null,
    (signal) => readRecord(resourceId, recordId, actionName, signal),
  )
  const record = data?.record
  // AdminJS answers «not found» and «forbidden» with a 200 and a notice.
  const refused = data?.notice?.type === 'error' || record?.baseError
  if (failure || !resource) return <FailedScreen failure={failure} onRetry={reload} />
  if (refused) {
    const code = record?.baseError?.type ?? 'not-found'
    if (code === 'not-found' || code === 'bad-id') return <FailedScreen />
    if (code === 'forbidden') return <FailedScreen failure={new RequestFailed('forbidden', 403)} />
    return <NotNow resourceId={resourceId} recordId={recordId} code={code} params={data?.notice?.options} />
  }
  if (!record) return <SkeletonPage />
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
  if (Own) return <Own {...props} />
  return actionName === 'edit' ? (
    <FormScreen resource={resource} record={record} />
  ) : (
    <DefaultShowAction {...props} />
  )
}

/** The person may do this in general, the state of the record does not allow it now: says why and leads back to it. */
const NotNow = ({
  resourceId,
  recordId,
  code,
  params,
}: {
  resourceId: string
  recordId: string
  code: string
  params: Record<string, unknown> | undefined
}) => {
  const words = useWords()
  return (
    <section className="cd-card">
      <EmptyPlace
        isPage
        icon="Lock"
        title={words.t('screens.not_now')}
        text={words.fault(code, params as Params)}
      >
        <GoLink href={recordUrl(resourceId, recordId)} className="cd-button">
          {words.t('screens.open_record')}
        </GoLink>
      </EmptyPlace>
    </section>
  )
}
