/** Owns realistic letters with a code: a short address, one for a reader of English, and one that fills its window. */
import { certificationOffice, kazakhOffice } from '../_samples.ts'
import type { IdentityLetterData } from './document.ts'

const usual: IdentityLetterData = {
  language: 'ru',
  number: '17',
  issuedOn: '2026-11-26',
  sender: certificationOffice,
  recipient: 'Власова Екатерина Сергеевна',
  address: 'г. Вологда, ул. Мальцева, д. 52, кв. 14',
  postcode: '160001',
  code: 'K7MQ-2XW9',
  until: '2027-01-25',
  site: 'certdesk.example/cabinet',
}

export const identityLetterSamples: Readonly<Record<'usual' | 'english' | 'long', IdentityLetterData>> = {
  usual,
  english: {
    ...usual,
    language: 'en',
    number: '19',
    recipient: 'Emily Sarah Johnson',
    address: 'г. Москва, ул. Большая Ордынка, д. 40, стр. 2, кв. 7',
    postcode: '119017',
  },
  long: {
    ...usual,
    number: '18',
    sender: kazakhOffice,
    recipient: 'Әбдіғалиева-Константинопольская Қарлығаш Ұлықбекқызы',
    address:
      'Восточно-Казахстанская область, район Алтай, посёлок Новая Бухтарма, улица Академика Каныша Сатпаева, дом 118, корпус 2, квартира 301',
    postcode: '070815',
  },
}
