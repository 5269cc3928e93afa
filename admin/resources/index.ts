/** Catalogue: every resource of the back office in the order of the navigation. */
import type { DeskResource } from '../define-resource.ts'
import { accountingRequests } from './accounting-requests.ts'
import { auditEvents } from './audit-events.ts'
import { bankAccounts } from './bank-accounts.ts'
import { changeRequests } from './change-requests.ts'
import { contracts } from './contracts.ts'
import { documents } from './documents.ts'
import { employees } from './employees.ts'
import { exports } from './exports.ts'
import { folderFiles } from './folder-files.ts'
import { identities } from './identities.ts'
import { identityLetters } from './identity-letters.ts'
import { invitations } from './invitations.ts'
import { invoiceLines } from './invoice-lines.ts'
import { invoices } from './invoices.ts'
import { mails } from './mails.ts'
import { orderRequests } from './order-requests.ts'
import { organisations } from './organisations.ts'
import { payments } from './payments.ts'
import { products } from './products.ts'
import { registrationLinks } from './registration-links.ts'
import { registrations } from './registrations.ts'
import { replyTemplates } from './reply-templates.ts'
import { reportSchedules } from './report-schedules.ts'
import { signInRules } from './sign-in-rules.ts'
import { users } from './users.ts'
import { vatRates } from './vat-rates.ts'

export const resources: readonly DeskResource[] = [
  organisations,
  employees,
  registrations,
  registrationLinks,
  identities,
  identityLetters,
  invitations,
  replyTemplates,
  contracts,
  changeRequests,
  orderRequests,
  invoiceLines,
  invoices,
  accountingRequests,
  documents,
  payments,
  exports,
  products,
  mails,
  reportSchedules,
  auditEvents,
  users,
  signInRules,
  vatRates,
  bankAccounts,
  folderFiles,
]
