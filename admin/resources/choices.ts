/** Lists of values several resources share. */
export { timezones } from '../../src/domain/timezones.ts'

export const countries = ['RU', 'KZ', 'BY']
export const currencies = ['RUB', 'KZT', 'BYN']
