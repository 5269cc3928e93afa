/** Owns the letter with a code: an address for the window of an envelope, the code, and how it is used, in its reader's language. */
import { z } from 'zod'
import { formatDay, formatDayInFull } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { defineDocument } from '../../../src/documents/define-document.ts'
import { day, party } from '../_shapes.ts'
import { bound, letterhead } from '../_wording.ts'
import { identityLetterSamples } from './samples.ts'

const schema = z.strictObject({
  language: z.enum(['ru', 'en']),
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

const words = {
  ru: {
    title: 'Код подтверждения личности',
    footer: (number: string, on: string) => `Письмо №\u00a0${number} от ${on}`,
    lead: 'Вы заказали это письмо, чтобы подтвердить личность в личном кабинете. Код знает только тот, кто держит письмо в руках: никому его не сообщайте, сотрудники о нём не спрашивают.',
    steps: (site: string) => [
      `Откройте ${site} и войдите в личный кабинет.`,
      'Перейдите в «Профиль», вкладка «Личность».',
      'Введите код в поле «Код из письма».',
    ],
    notes: (until: string) => [
      `Код действует по ${until} включительно. Ввести его можно не больше пяти раз: после этого закажите новое письмо, код из этого действовать перестанет.`,
      'Если вы не заказывали письмо, не вводите код и сообщите об этом по телефону или адресу вверху страницы.',
    ],
  },
  en: {
    title: 'Your confirmation code',
    footer: (number: string, on: string) => `Letter no.\u00a0${number} of ${on}`,
    lead: 'You ordered this letter to confirm in your cabinet who you are. Only whoever holds the letter knows the code: tell it to nobody, the staff never ask for it.',
    steps: (site: string) => [
      `Open ${site} and sign in to your cabinet.`,
      'Go to “Profile”, tab “Identity”.',
      'Type the code into the field “Code of the letter”.',
    ],
    notes: (until: string) => [
      `The code is good up to and including ${until}. It may be typed five times at most: after that order a new letter, the code of this one stops working.`,
      'If you did not order a letter, do not type the code, and tell us so by the telephone or the address at the top of the page.',
    ],
  },
} as const satisfies Record<Language, unknown>

export const identityLetterDocument = defineDocument<IdentityLetterData>('identity-letter', {
  version: 2,
  template: '/identity-letter/document.typ',
  schema,
  samples: identityLetterSamples,
  // Nothing of the reader: the name of a file stays in lists of downloads.
  fileName: ({ number, language }) =>
    language === 'en' ? `Letter with a code ${number}.pdf` : `Письмо с кодом ${number}.pdf`,
  issuedOn: ({ issuedOn }) => issuedOn,
  codes: () => ({}),
  sheet: ({ language, ...data }) => {
    const w = words[language]
    return {
      language,
      title: w.title,
      day: formatDayInFull(data.issuedOn, language),
      footer: w.footer(data.number, formatDay(data.issuedOn, language)),
      letterhead: letterhead(data.sender),
      recipient: data.recipient,
      address: bound(data.address),
      postcode: data.postcode,
      lead: w.lead,
      code: data.code,
      steps: w.steps(data.site),
      notes: w.notes(formatDayInFull(data.until, language)),
    }
  },
})
