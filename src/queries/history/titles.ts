/** What a record is called in a sentence of the history. */
import type { Model, ModelStatic } from 'sequelize'
import { BankAccount } from '../../models/bank-account.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Contract } from '../../models/contract.ts'
import { Document } from '../../models/document.ts'
import { Employee } from '../../models/employee.ts'
import { Export } from '../../models/export.ts'
import { FolderFile } from '../../models/folder-file.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { Identity } from '../../models/identity.ts'
import { Invitation } from '../../models/invitation.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Mail } from '../../models/mail.ts'
import { Membership } from '../../models/membership.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Organisation } from '../../models/organisation.ts'
import { Product } from '../../models/product.ts'
import { RegisterImport } from '../../models/register-import.ts'
import { RegistrationLink } from '../../models/registration-link.ts'
import { Registration } from '../../models/registration.ts'
import { ReplyTemplate } from '../../models/reply-template.ts'
import { ReportSchedule } from '../../models/report-schedule.ts'
import { Thread } from '../../models/thread.ts'
import { User } from '../../models/user.ts'
import { VatRate } from '../../models/vat-rate.ts'

type Called = Readonly<{ model: ModelStatic<Model>; attributes: readonly string[] }>

const called = (model: unknown, ...attributes: string[]): Called => ({
  model: model as ModelStatic<Model>,
  attributes,
})

const names: Readonly<Record<string, Called>> = {
  accounting_requests: called(AccountingRequest, 'number'),
  bank_accounts: called(BankAccount, 'account'),
  change_requests: called(ChangeRequest, 'id'),
  contracts: called(Contract, 'number'),
  documents: called(Document, 'number'),
  employees: called(Employee, 'surname', 'name'),
  exports: called(Export, 'report'),
  register_imports: called(RegisterImport, 'fileName'),
  folder_files: called(FolderFile, 'title'),
  identities: called(Identity, 'surname', 'name'),
  identity_letters: called(IdentityLetter, 'id'),
  invitations: called(Invitation, 'surname', 'name'),
  invoice_lines: called(InvoiceLine, 'name'),
  invoices: called(Invoice, 'number'),
  mails: called(Mail, 'subject'),
  memberships: called(Membership, 'id'),
  order_requests: called(OrderRequest, 'id'),
  organisations: called(Organisation, 'name'),
  products: called(Product, 'name'),
  registration_links: called(RegistrationLink, 'title'),
  registrations: called(Registration, 'surname', 'name'),
  reply_templates: called(ReplyTemplate, 'title'),
  report_schedules: called(ReportSchedule, 'report'),
  threads: called(Thread, 'title'),
  users: called(User, 'name', 'surname'),
  vat_rates: called(VatRate, 'country', 'ratePercent'),
}

export type Subject = Readonly<{ table: string; id: number }>

const keyOf = ({ table, id }: Subject): string => `${table} ${id}`

/**
 * Titles of the subjects as they are called now, by what `titleOf` makes of a subject; one query for each table.
 * The caller shows events of records the reader may see, so their names are no news.
 */
export async function titlesOf(subjects: readonly Subject[]): Promise<(subject: Subject) => string> {
  const found = new Map<string, string>()
  const tables = [...new Set(subjects.map(({ table }) => table))]
  await Promise.all(
    tables.map(async (table) => {
      const known = names[table]
      if (!known) return
      const id = [...new Set(subjects.filter((one) => one.table === table).map((one) => one.id))]
      const records = await known.model.findAll({
        where: { id },
        attributes: ['id', ...known.attributes],
        paranoid: false,
      })
      for (const record of records) {
        const title = known.attributes.map((name) => record.get(name)).filter(Boolean)
        found.set(keyOf({ table, id: record.get('id') as number }), title.join(' '))
      }
    }),
  )
  return (subject) => found.get(keyOf(subject)) ?? ''
}
