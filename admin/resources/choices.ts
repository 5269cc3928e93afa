/** Lists of values several resources share. */
export { timezones } from '../../src/domain/timezones.ts'

export const countries = ['RU', 'KZ', 'BY']
export const currencies = ['RUB', 'KZT', 'BYN']
/** Letters by what they are for. */
export const mailKinds = [
  'account-changed',
  'accounting-request',
  'daily-digest',
  'documents-published',
  'invitation',
  'invoice-reminder',
  'notification',
  'password-link',
  'register',
  'registration-confirm',
  'registration-decided',
  'registration-known',
]
