/** Owns the licence sheet: a simple non-exclusive licence to a program, as handed to the licensee. */
import { z } from 'zod'
import { plural } from '../../../src/domain/plural.ts'
import { defineDocument } from '../../../src/documents/define-document.ts'
import { day, party, reference, signatory, verification } from '../_shapes.ts'
import {
  bound,
  codesOf,
  contactsOf,
  grounds,
  letterhead,
  longDay,
  named,
  shortDay,
  signature,
  verificationSheet,
} from '../_wording.ts'
import { licenceSamples } from './samples.ts'

const schema = z.strictObject({
  number: z.string().min(1),
  issuedOn: day,
  licensor: party,
  licensee: party,
  /** Name of the program or the right, as on the invoice. */
  product: z.string().min(1),
  /** The legal text, a sentence or several. */
  text: z.string().min(1),
  seats: z.int().min(1).optional(),
  /** Without `to` the term has no end. */
  term: z.strictObject({ from: day, to: day.optional() }),
  territory: z.string().min(1).optional(),
  contract: reference.optional(),
  invoice: reference.optional(),
  /** Keys or serial numbers handed over. */
  serials: z.array(z.string().min(1)).max(500),
  replaces: z.strictObject({ number: z.string().min(1), issuedOn: day }).optional(),
  signatory,
  verification,
})

export type LicenceData = z.infer<typeof schema>

export const licenceDocument = defineDocument<LicenceData>('licence', {
  version: 2,
  template: '/licence/document.typ',
  schema,
  samples: licenceSamples,
  fileName: ({ number, issuedOn }) => `Лицензия ${number} от ${shortDay(issuedOn)}.pdf`,
  issuedOn: ({ issuedOn }) => issuedOn,
  codes: ({ verification }) => ({ verification: verification.link }),
  sheet: (data) => ({
    number: `№\u00a0${data.number}`,
    day: longDay(data.issuedOn),
    footer: `Лицензия №\u00a0${data.number} от ${shortDay(data.issuedOn)}`,
    check: verificationSheet(data.verification),
    letterhead: letterhead(data.licensor),
    product: data.product,
    text: data.text,
    facts: [
      ['Лицензиар', [bound(data.licensor.name), codesOf(data.licensor)].filter(Boolean).join(', ')],
      ['Лицензиат', [bound(data.licensee.name), codesOf(data.licensee)].filter(Boolean).join(', ')],
      [
        'Адрес лицензиата',
        [bound(data.licensee.address ?? ''), contactsOf(data.licensee)].filter(Boolean).join(', '),
      ],
      ['Вид лицензии', 'простая (неисключительная)'],
      ['Рабочие места', data.seats === undefined ? 'без ограничения' : workplaces(data.seats)],
      ['Срок действия', termOf(data.term)],
      ['Территория', data.territory ?? ''],
      ['Основание', grounds(data.contract, data.invoice)],
      [
        'Взамен',
        data.replaces ? `лицензии ${named({ title: '', ...data.replaces }).trim()} (аннулирована)` : '',
      ],
    ].filter(([, fact]) => fact !== ''),
    serialsTitle: data.serials.length === 1 ? 'Серийный номер' : 'Серийные номера',
    serials: data.serials,
    signature: signature('Лицензиар', data.licensor.name, data.signatory),
  }),
})

function workplaces(seats: number): string {
  return `${seats}\u00a0${plural(seats, { one: 'рабочее место', few: 'рабочих места', many: 'рабочих мест' })}`
}

function termOf({ from, to }: LicenceData['term']): string {
  return to === undefined ? `с ${shortDay(from)}, не ограничен` : `с ${shortDay(from)} по ${shortDay(to)}`
}
