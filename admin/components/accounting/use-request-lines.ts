/** The lines of an accounting request with what accounting said about each. */

import { desk } from '../desk-api.ts'
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

export const useRequestLines = (requestId: string, version = '') =>
  useLoaded(requestId ? `request/${requestId}/${version}` : null, (signal) =>
    desk<{ lines: RequestLine[] }>(`accounting-requests/${requestId}/lines`, {}, signal),
  )
