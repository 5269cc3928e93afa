/** The list of the resource in the address, or its own component. */

import { useParams } from 'react-router-dom'
import { useResourceData } from '../adminjs-state.ts'
import { DefaultListAction } from '../list/default-list-action.tsx'
import { RequestFailed } from '../desk-api.ts'
import { FailedScreen } from './failed-screen.tsx'

export const ResourceScreen = () => {
  const { resourceId = '' } = useParams()
  const resource = useResourceData(resourceId)
  const mayList = resource?.resourceActions.some(({ name }) => name === 'list')
  if (!resource || !mayList) {
    return <FailedScreen failure={new RequestFailed(resource ? 'forbidden' : 'missing', 0)} />
  }
  return <DefaultListAction key={resourceId} resource={resource} />
}
