/** The lines of an accounting request with what accounting said about each. */

import type { OrganisationLines } from '../../desk-types.ts'
import { desk, RequestFailed } from '../desk-api.ts'
import { useLoaded } from '../use-desk.ts'

export type RequestLine = {
  lineId: number
  name: string
  quantity: string
  unit: string
  totalMinor: number
  currency: string
  vatPercent: string | number | null
  taxDocumentKind: 'upd' | 'tax_invoice' | null
  taxDocumentNumber: string | null
  taxDocumentOn: string | null
  externalNumber: string | null
  comment: string | null
}

/** Invoices of an organisation are looked through for the lines of a request; a request never spans more of them. */
const MOST_PAGES = 8

const blank = {
  vatPercent: null,
  taxDocumentKind: null,
  taxDocumentNumber: null,
  taxDocumentOn: null,
  externalNumber: null,
  comment: null,
}

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
      if (String(line.request?.id) === requestId) found.push({ ...blank, ...line, lineId: line.id })
    }
    if (!answer.hasMore) break
  }
  return found
}

export const useRequestLines = (requestId: string, organisationId: string, version = '') =>
  useLoaded(requestId ? `request/${requestId}/${version}` : null, (signal) =>
    desk<{ lines: RequestLine[] }>(`accounting-requests/${requestId}/lines`, {}, signal).catch(
      async (error: unknown) => {
        if (!(error instanceof RequestFailed) || error.code !== 'missing' || !organisationId) throw error
        return { lines: await fromInvoices(requestId, organisationId, signal) }
      },
    ),
  )
