/** Catalogue: every table a client sees in the cabinet, in the order of the navigation. */
import type { DeskResource } from '../define-resource.ts'
import { catalogue } from './catalogue.ts'
import { ourChanges } from './our-changes.ts'
import { ourContracts } from './our-contracts.ts'
import { ourDocuments } from './our-documents.ts'
import { ourInvitations } from './our-invitations.ts'
import { ourInvoices } from './our-invoices.ts'
import { ourOrders } from './our-orders.ts'
import { ourOrganisation } from './our-organisation.ts'
import { ourPeople } from './our-people.ts'
import { ourServices } from './our-services.ts'

export const cabinetResources: readonly DeskResource[] = [
  ourServices,
  ourInvoices,
  ourDocuments,
  ourOrders,
  catalogue,
  ourContracts,
  ourOrganisation,
  ourChanges,
  ourPeople,
  ourInvitations,
]
