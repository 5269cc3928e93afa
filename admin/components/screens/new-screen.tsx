/** The form of a new record of the resource in the address. */

import type { ComponentType } from 'react'
import { useParams } from 'react-router-dom'
import { useResourceData, type ResourceData } from '../adminjs-state.ts'
import { RequestFailed } from '../desk-api.ts'
import { FormScreen } from '../form/form-screen.tsx'
import { FailedScreen } from './failed-screen.tsx'

type Named = {
  AdminJS: { UserComponents: Record<string, ComponentType<{ resource: ResourceData }> | undefined> }
}

export const NewScreen = () => {
  const { resourceId = '' } = useParams()
  const resource = useResourceData(resourceId)
  const action = resource?.resourceActions.find(({ name }) => name === 'new')
  if (!resource || !action) {
    return <FailedScreen failure={new RequestFailed(resource ? 'forbidden' : 'missing', 0)} />
  }
  const Own = action.component
    ? (globalThis as unknown as Named).AdminJS.UserComponents[action.component]
    : undefined
  return Own ? (
    <Own key={resourceId} resource={resource} />
  ) : (
    <FormScreen key={resourceId} resource={resource} record={null} />
  )
}
