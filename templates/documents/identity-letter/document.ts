/** Owns the letter with a code: an address for the window of an envelope, the code, and how it is used. */
import { z } from 'zod'
import { defineDocument } from '../../../src/documents/define-document.ts'
import { day, party } from '../_shapes.ts'
import { bound, letterhead, longDay, shortDay } from '../_wording.ts'
import { identityLetterSamples } from './samples.ts'

const schema = z.strictObject({
  number: z.string().min(1),
  issuedOn: day,
  sender: party,
  recipient: z.string().min(1),
  address: z.string().min(1),
  postcode: z.string().regex(/^\d{6}$/),
  code: z.string().regex(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/),
  until: day,
  /** Address of the cabinet, as people type it. */
  site: z.string().min(1),
})

export type IdentityLetterData = z.infer<typeof schema>

export const identityLetterDocument = defineDocument<IdentityLetterData>('identity-letter', {
  version: 1,
  template: '/identity-letter/document.typ',
  schema,
  samples: identityLetterSamples,
  // Nothing of the reader: the name of a file stays in lists of downloads.
  fileName: ({ number }) => `Письмо с кодом ${number}.pdf`,
  issuedOn: ({ issuedOn }) => issuedOn,
  codes: () => ({}),
  sheet: (data) => ({
    title: 'Код подтверждения личности',
    day: longDay(data.issuedOn),
    footer: `Письмо №\u00a0${data.number} от ${shortDay(data.issuedOn)}`,
    letterhead: letterhead(data.sender),
    recipient: data.recipient,
    address: bound(data.address),
    postcode: data.postcode,
    lead: 'Вы заказали это письмо, чтобы подтвердить личность в личном кабинете. Код знает только тот, кто держит письмо в руках: никому его не сообщайте, сотрудники о нём не спрашивают.',
    code: data.code,
    steps: [
      `Откройте ${data.site} и войдите в личный кабинет.`,
      'Перейдите в «Профиль», вкладка «Личность».',
      'Введите код в поле «Код из письма».',
    ],
    notes: [
      `Код действует по ${longDay(data.until)} включительно. Ввести его можно не больше пяти раз: после этого закажите новое письмо, код из этого действовать перестанет.`,
      'Если вы не заказывали письмо, не вводите код и сообщите об этом по телефону или адресу вверху страницы.',
    ],
  }),
})
