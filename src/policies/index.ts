/** The catalogue of policies: one for each model; importing it puts them in force. */
import { accessLinkPolicy } from './access-link.ts'
import { accountingRequestPolicy } from './accounting-request.ts'
import { accountingRequestLinePolicy } from './accounting-request-line.ts'
import { agreementPolicy } from './agreement.ts'
import { auditEventPolicy } from './audit-event.ts'
import { bankAccountPolicy } from './bank-account.ts'
import { changeRequestPolicy } from './change-request.ts'
import { contractPolicy } from './contract.ts'
import { documentPolicy } from './document.ts'
import { documentLinePolicy } from './document-line.ts'
import { employeePolicy } from './employee.ts'
import { exportPolicy } from './export.ts'
import { folderFilePolicy } from './folder-file.ts'
import { identityLetterPolicy } from './identity-letter.ts'
import { identityPolicy } from './identity.ts'
import { invitationPolicy } from './invitation.ts'
import { invoicePolicy } from './invoice.ts'
import { invoiceLinePolicy } from './invoice-line.ts'
import { mailPolicy } from './mail.ts'
import { membershipPolicy } from './membership.ts'
import { messagePolicy } from './message.ts'
import { messageDraftPolicy } from './message-draft.ts'
import { messageFilePolicy } from './message-file.ts'
import { notificationPolicy } from './notification.ts'
import { orderRequestPolicy } from './order-request.ts'
import { organisationPolicy } from './organisation.ts'
import { passkeyPolicy } from './passkey.ts'
import { paymentPolicy } from './payment.ts'
import { productPolicy } from './product.ts'
import { registerCheckPolicy } from './register-check.ts'
import { registerImportPolicy } from './register-import.ts'
import { registrationLinkPolicy } from './registration-link.ts'
import { registrationPolicy } from './registration.ts'
import { replyTemplatePolicy } from './reply-template.ts'
import { reportSchedulePolicy } from './report-schedule.ts'
import { secondFactorPolicy } from './second-factor.ts'
import { signInRulePolicy } from './sign-in-rule.ts'
import { smsPolicy } from './sms.ts'
import { storedFilePolicy } from './stored-file.ts'
import { threadPolicy } from './thread.ts'
import { userPolicy } from './user.ts'
import { vatRatePolicy } from './vat-rate.ts'

export const policies = [
  accessLinkPolicy,
  accountingRequestPolicy,
  accountingRequestLinePolicy,
  agreementPolicy,
  auditEventPolicy,
  bankAccountPolicy,
  changeRequestPolicy,
  contractPolicy,
  documentPolicy,
  documentLinePolicy,
  employeePolicy,
  exportPolicy,
  folderFilePolicy,
  identityPolicy,
  identityLetterPolicy,
  invitationPolicy,
  invoicePolicy,
  invoiceLinePolicy,
  mailPolicy,
  membershipPolicy,
  messagePolicy,
  messageDraftPolicy,
  messageFilePolicy,
  notificationPolicy,
  orderRequestPolicy,
  organisationPolicy,
  passkeyPolicy,
  paymentPolicy,
  productPolicy,
  registerCheckPolicy,
  registerImportPolicy,
  registrationLinkPolicy,
  registrationPolicy,
  replyTemplatePolicy,
  reportSchedulePolicy,
  secondFactorPolicy,
  signInRulePolicy,
  smsPolicy,
  storedFilePolicy,
  threadPolicy,
  userPolicy,
  vatRatePolicy,
] as const
