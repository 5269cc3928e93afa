/** Owns realistic licence sheets: for ever and for a year, one workplace and many. */
import {
  certificationOffice,
  checkAt,
  entrepreneur,
  hospital,
  kazakhOffice,
  kazakhPlant,
} from '../_samples.ts'
import type { LicenceData } from './document.ts'

const usual: LicenceData = {
  number: 'ЛИЦ-2026-000456',
  issuedOn: '2026-11-23',
  licensor: certificationOffice,
  licensee: hospital,
  product: 'Программа для ЭВМ «КриптЭК-Д»',
  text: 'Неисключительное право (простая неисключительная лицензия) использования программного обеспечения «КриптЭК-Д» на одном рабочем месте, с неограниченным сроком действия.',
  seats: 1,
  term: { from: '2026-11-23' },
  territory: 'Российская Федерация',
  contract: { title: 'Оферта', number: 'КВС-52/2026', issuedOn: '2026-01-12' },
  invoice: { title: 'Счёт', number: 'СЧ-2026-004412', issuedOn: '2026-11-02' },
  serials: ['KED5-7QPL-2M9X-44TB-R0ZC'],
  signatory: { position: 'Генеральный директор', name: 'Соколова М. А.', basis: 'Устава' },
  verification: checkAt('L7CE-4XPD-92RA'),
}

const forYear: LicenceData = {
  ...usual,
  number: 'ЛИЦ-2026-000457',
  licensee: entrepreneur,
  text: 'Лицензиар предоставляет Лицензиату право использования программы способами, предусмотренными её назначением: запись в память ЭВМ, запуск и работа по руководству пользователя. Право не передаётся третьим лицам. Вознаграждение уплачено полностью.',
  seats: 22,
  term: { from: '2026-11-23', to: '2027-11-22' },
  serials: Array.from(
    { length: 22 },
    (_, index) => `KED5-7QPL-2M9X-44TB-${String(index + 1).padStart(4, '0')}`,
  ),
  replaces: { number: 'ЛИЦ-2026-000312', issuedOn: '2026-09-01' },
  verification: checkAt('L7CF-10AB-55KQ'),
}

const kazakh: LicenceData = {
  ...usual,
  number: 'ЛИЦ-2026-000021',
  licensor: kazakhOffice,
  licensee: kazakhPlant,
  territory: 'Қазақстан Республикасы',
  serials: [],
  signatory: { position: 'Бас директор', name: 'Әбдіғали Қ. Ұ.' },
  verification: checkAt('LKZ1-77AA-0QWP'),
}

export const licenceSamples = { usual, forYear, kazakh }
