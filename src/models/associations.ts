/** Who belongs to whom: read it as the entity diagram. */
import { AccessLink } from './access-link.ts'
import { AccountingRequestLine } from './accounting-request-line.ts'
import { AccountingRequest } from './accounting-request.ts'
import { Agreement } from './agreement.ts'
import { AuditEvent } from './audit-event.ts'
import { BankAccount } from './bank-account.ts'
import { ChangeRequest } from './change-request.ts'
import { Contract } from './contract.ts'
import { DocumentLine } from './document-line.ts'
import { Document } from './document.ts'
import { Employee } from './employee.ts'
import { Export } from './export.ts'
import { FolderFile } from './folder-file.ts'
import { IdentityLetter } from './identity-letter.ts'
import { Identity } from './identity.ts'
import { Invitation } from './invitation.ts'
import { InvoiceLine } from './invoice-line.ts'
import { Invoice } from './invoice.ts'
import { Mail } from './mail.ts'
import { Membership } from './membership.ts'
import { MessageDraft } from './message-draft.ts'
import { MessageFile } from './message-file.ts'
import { Message } from './message.ts'
import { Notification } from './notification.ts'
import { OrderRequest } from './order-request.ts'
import { Organisation } from './organisation.ts'
import { Passkey } from './passkey.ts'
import { Payment } from './payment.ts'
import { Product } from './product.ts'
import { RegisterCheck } from './register-check.ts'
import { RegisterImport } from './register-import.ts'
import { RegistrationLink } from './registration-link.ts'
import { Registration } from './registration.ts'
import { ReplyTemplate } from './reply-template.ts'
import { ReportSchedule } from './report-schedule.ts'
import { SecondFactor } from './second-factor.ts'
import { SignInRule } from './sign-in-rule.ts'
import { Sms } from './sms.ts'
import { StoredFile } from './stored-file.ts'
import { Thread } from './thread.ts'
import { User } from './user.ts'
import { VatRate } from './vat-rate.ts'

Organisation.belongsTo(Organisation, { as: 'office', foreignKey: 'officeId' })
Organisation.hasMany(BankAccount, { as: 'bankAccounts', foreignKey: 'organisationId' })
Organisation.hasMany(Employee, { as: 'employees', foreignKey: 'organisationId' })
Organisation.hasMany(Contract, { as: 'contracts', foreignKey: 'organisationId' })
Organisation.hasMany(Invoice, { as: 'invoices', foreignKey: 'organisationId' })
Organisation.hasMany(FolderFile, { as: 'folderFiles', foreignKey: 'organisationId' })

BankAccount.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Employee.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
User.belongsTo(Organisation, { as: 'office', foreignKey: 'officeId' })
User.hasMany(Membership, { as: 'memberships', foreignKey: 'userId' })
Identity.belongsTo(User, { as: 'user', foreignKey: 'userId' })
IdentityLetter.belongsTo(Identity, { as: 'identity', foreignKey: 'identityId' })
Invitation.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Registration.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Registration.belongsTo(RegistrationLink, { as: 'registrationLink', foreignKey: 'registrationLinkId' })
Registration.belongsTo(Agreement, { as: 'agreement', foreignKey: 'agreementId' })
Membership.belongsTo(User, { as: 'user', foreignKey: 'userId' })
Membership.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Membership.belongsTo(Employee, { as: 'employee', foreignKey: 'employeeId' })

Contract.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Contract.belongsTo(Organisation, { as: 'seller', foreignKey: 'sellerId' })

Invoice.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Invoice.belongsTo(Organisation, { as: 'seller', foreignKey: 'sellerId' })
Invoice.belongsTo(Contract, { as: 'contract', foreignKey: 'contractId' })
Invoice.hasMany(InvoiceLine, { as: 'lines', foreignKey: 'invoiceId' })
Invoice.hasMany(Payment, { as: 'payments', foreignKey: 'invoiceId' })

InvoiceLine.belongsTo(Invoice, { as: 'invoice', foreignKey: 'invoiceId' })
InvoiceLine.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
InvoiceLine.belongsTo(Product, { as: 'product', foreignKey: 'productId' })
InvoiceLine.hasMany(AccountingRequestLine, { as: 'requestLines', foreignKey: 'lineId' })
InvoiceLine.hasMany(DocumentLine, { as: 'documentLines', foreignKey: 'lineId' })

Payment.belongsTo(Invoice, { as: 'invoice', foreignKey: 'invoiceId' })

AccountingRequest.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
AccountingRequest.belongsTo(Organisation, { as: 'seller', foreignKey: 'sellerId' })
AccountingRequest.belongsTo(Contract, { as: 'contract', foreignKey: 'contractId' })
AccountingRequest.hasMany(AccountingRequestLine, { as: 'lines', foreignKey: 'requestId' })
AccountingRequestLine.belongsTo(AccountingRequest, { as: 'request', foreignKey: 'requestId' })
AccountingRequestLine.belongsTo(InvoiceLine, { as: 'line', foreignKey: 'lineId' })

Document.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Document.belongsTo(Organisation, { as: 'seller', foreignKey: 'sellerId' })
Document.belongsTo(Invoice, { as: 'invoice', foreignKey: 'invoiceId' })
Document.belongsTo(AccountingRequest, { as: 'request', foreignKey: 'requestId' })
Document.belongsTo(StoredFile, { as: 'file', foreignKey: 'fileId' })
Document.belongsTo(Document, { as: 'replaces', foreignKey: 'replacesId' })
Document.hasMany(DocumentLine, { as: 'documentLines', foreignKey: 'documentId' })
DocumentLine.belongsTo(Document, { as: 'document', foreignKey: 'documentId' })
DocumentLine.belongsTo(InvoiceLine, { as: 'line', foreignKey: 'lineId' })

FolderFile.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
FolderFile.belongsTo(StoredFile, { as: 'file', foreignKey: 'fileId' })
StoredFile.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
ChangeRequest.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
OrderRequest.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
OrderRequest.belongsTo(Product, { as: 'product', foreignKey: 'productId' })
OrderRequest.belongsTo(Invoice, { as: 'invoice', foreignKey: 'invoiceId' })
Mail.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Notification.belongsTo(User, { as: 'recipient', foreignKey: 'recipientId' })
Thread.belongsTo(Organisation, { as: 'organisation', foreignKey: 'organisationId' })
Thread.belongsTo(User, { as: 'assignee', foreignKey: 'assigneeId' })
Thread.hasMany(Message, { as: 'messages', foreignKey: 'threadId' })
Message.belongsTo(Thread, { as: 'thread', foreignKey: 'threadId' })
Message.hasMany(MessageFile, { as: 'files', foreignKey: 'messageId' })
MessageDraft.belongsTo(Thread, { as: 'thread', foreignKey: 'threadId' })
MessageDraft.hasMany(MessageFile, { as: 'files', foreignKey: 'draftId' })
MessageFile.belongsTo(StoredFile, { as: 'file', foreignKey: 'fileId' })
Export.belongsTo(StoredFile, { as: 'file', foreignKey: 'fileId' })

/** Every model of the product; a model that is missing here has no policy and no place in the back office. */
export const models = [
  AccessLink,
  AccountingRequest,
  AccountingRequestLine,
  Agreement,
  AuditEvent,
  BankAccount,
  ChangeRequest,
  Contract,
  Document,
  DocumentLine,
  Employee,
  Export,
  FolderFile,
  Identity,
  IdentityLetter,
  Invitation,
  Invoice,
  InvoiceLine,
  Mail,
  Membership,
  Message,
  MessageDraft,
  MessageFile,
  Notification,
  OrderRequest,
  Organisation,
  Passkey,
  Payment,
  Product,
  RegisterCheck,
  RegisterImport,
  Registration,
  RegistrationLink,
  ReplyTemplate,
  ReportSchedule,
  SecondFactor,
  SignInRule,
  Sms,
  StoredFile,
  Thread,
  User,
  VatRate,
] as const
