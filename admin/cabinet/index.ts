/** Catalogue: every table a client sees in the cabinet, in the order of the navigation. */
import type { DeskResource } from '../define-resource.ts'
import { ourDocuments } from './our-documents.ts'
import { ourInvoices } from './our-invoices.ts'
import { ourServices } from './our-services.ts'

export const cabinetResources: readonly DeskResource[] = [ourServices, ourInvoices, ourDocuments]
