/** The lines of an accounting request, found among the invoices of its organisation. */

import type { OrganisationLines } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { useLoaded } from '../use-desk.ts'

export type RequestLine = {
  lineId: number
  name: string
  quantity: string
  unit: string
  totalMinor: number
  currency: string
}

/** Invoices of an organisation are looked through for the lines of a request; a request never spans more of them. */
const MOST_PAGES = 8

/** What the organisation's invoices say of the request's lines: enough to answer it, nothing of the answer itself. */
const fromInvoices = async (
  requestId: string,
  organisationId: string,
  signal: AbortSignal,
): Promise<RequestLine[]> => {
  const found: RequestLine[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await desk<OrganisationLines>(`organisations/${organisationId}/lines`, { page }, signal)
    for (const line of answer.invoices.flatMap(({ lines }) => lines)) {
      if (String(line.request?.id) === requestId) found.push({ ...line, lineId: line.id })
    }
    if (!answer.hasMore) break
  }
  return found
}

export const useRequestLines = (requestId: string, organisationId: string, version = '') =>
  useLoaded(requestId && organisationId ? `request/${requestId}/${version}` : null, async (signal) => ({
    lines: await fromInvoices(requestId, organisationId, signal),
  }))
