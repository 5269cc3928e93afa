/** Catalogue: every text message the product writes. */
import type { SmsDefinition } from '../../src/sms/define-sms.ts'
import { notificationSms } from './notification.ts'
import { phoneCodeSms } from './phone-code.ts'

export const texts: readonly SmsDefinition[] = [notificationSms, phoneCodeSms]
