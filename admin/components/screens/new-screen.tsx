/** The form of a new record of the resource in the address. */

import type { ComponentType } from 'react'
import { useParams } from 'react-router-dom'
import { useResourceData, type ResourceData } from '../adminjs-state.ts'
import { RequestFailed } from '../desk-api.ts'
import { DefaultNewAction } from '../form/default-new-action.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'

type Named = {
  AdminJS: { UserComponents: Record<string, ComponentType<{ resource: ResourceData }> | undefined> }
}

export const NewScreen = () => {
  const { resourceId = '' } = useParams()
  const resource = useResourceData(resourceId)
  const action = resource?.resourceActions.find(({ name }) => name === 'new')
  if (!resource || !action) {
    return (
      <section className="cd-card">
        <FailurePlace
          failure={new RequestFailed(resource ? 'forbidden' : 'missing', 0)}
          onRetry={() => location.reload()}
        />
      </section>
    )
  }
  const Own = action.component
    ? (globalThis as unknown as Named).AdminJS.UserComponents[action.component]
    : undefined
  return Own ? (
    <Own key={resourceId} resource={resource} />
  ) : (
    <DefaultNewAction key={resourceId} resource={resource} />
  )
}
