/** The lines of an accounting request with what accounting answered on each. */

import type { RequestLines } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { useLoaded } from '../use-desk.ts'

/** `version` of the request: a change of it asks anew. */
export const useRequestLines = (requestId: string, version = '') =>
  useLoaded(requestId ? `request/${requestId}/${version}` : null, (signal) =>
    desk<RequestLines>(`accounting-requests/${requestId}/lines`, {}, signal),
  )
