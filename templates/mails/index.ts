/** Catalogue: every letter the product writes. */
import type { MailDefinition } from '../../src/mail/define-mail.ts'
import { accountChangedMail } from './account-changed/mail.ts'
import { accountingRequestMail } from './accounting-request/mail.ts'
import { dailyDigestMail } from './daily-digest/mail.ts'
import { documentsPublishedMail } from './documents-published/mail.ts'
import { invitationMail } from './invitation/mail.ts'
import { invoiceReminderMail } from './invoice-reminder/mail.ts'
import { notificationMail } from './notification/mail.ts'
import { passwordLinkMail } from './password-link/mail.ts'
import { registerMail } from './register/mail.ts'
import { registrationConfirmMail } from './registration-confirm/mail.ts'
import { registrationDecidedMail } from './registration-decided/mail.ts'
import { registrationKnownMail } from './registration-known/mail.ts'

export const mails: readonly MailDefinition[] = [
  accountChangedMail,
  accountingRequestMail,
  dailyDigestMail,
  documentsPublishedMail,
  invitationMail,
  invoiceReminderMail,
  notificationMail,
  passwordLinkMail,
  registerMail,
  registrationConfirmMail,
  registrationDecidedMail,
  registrationKnownMail,
]
