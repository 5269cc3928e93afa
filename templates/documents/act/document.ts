/** Owns the act: services rendered or rights handed over, with everything article 9 of 402-ФЗ asks of it. */
import { z } from 'zod'
import { defineDocument } from '../../../src/documents/define-document.ts'
import { billed, day, isBalanced, party, reference, signatory, unbalanced, verification } from '../_shapes.ts'
import {
  billedSheet,
  grounds,
  letterhead,
  longDay,
  named,
  partySheet,
  shortDay,
  signature,
  span,
  verificationSheet,
} from '../_wording.ts'
import { actSamples } from './samples.ts'

const schema = z
  .strictObject({
    number: z.string().min(1),
    issuedOn: day,
    /** What was done: decides the roles of the parties and the words they sign under. */
    subject: z.enum(['services', 'rights', 'both']),
    seller: party,
    customer: party,
    contract: reference.optional(),
    invoice: reference.optional(),
    period: z.strictObject({ from: day, to: day }).optional(),
    /** The cancelled act this one stands for. */
    replaces: z.strictObject({ number: z.string().min(1), issuedOn: day }).optional(),
    ...billed,
    sellerSignatory: signatory,
    customerSignatory: signatory,
    verification,
  })
  .refine(isBalanced, unbalanced)

export type ActData = z.infer<typeof schema>

const wording = {
  services: {
    roles: ['Исполнитель', 'Заказчик'],
    subtitle: 'сдачи-приёмки оказанных услуг',
    statement:
      'Перечисленные услуги оказаны полностью и в срок. Заказчик претензий по объёму, качеству и срокам оказания услуг не имеет.',
  },
  rights: {
    roles: ['Лицензиар', 'Лицензиат'],
    subtitle: 'приёма-передачи неисключительных прав',
    statement:
      'Права использования перечисленных программ переданы полностью и в срок. Лицензиат претензий по составу, объёму и срокам передачи прав не имеет.',
  },
  both: {
    roles: ['Исполнитель', 'Заказчик'],
    subtitle: 'сдачи-приёмки оказанных услуг и переданных прав',
    statement:
      'Перечисленные услуги оказаны, права использования программ переданы полностью и в срок. Заказчик претензий по объёму, качеству и срокам не имеет.',
  },
} as const

export const actDocument = defineDocument<ActData>('act', {
  version: 2,
  template: '/act/document.typ',
  schema,
  samples: actSamples,
  fileName: ({ number, issuedOn }) => `Акт ${number} от ${shortDay(issuedOn)}.pdf`,
  issuedOn: ({ issuedOn }) => issuedOn,
  codes: ({ verification }) => ({ verification: verification.link }),
  sheet(data) {
    const { roles, subtitle, statement } = wording[data.subject]
    const [sellerRole, customerRole] = roles
    return {
      title: `Акт №\u00a0${data.number}`,
      subtitle,
      day: `от ${longDay(data.issuedOn)}`,
      footer: `Акт №\u00a0${data.number} от ${shortDay(data.issuedOn)}`,
      check: verificationSheet(data.verification),
      letterhead: letterhead(data.seller),
      seller: partySheet(sellerRole, data.seller),
      customer: partySheet(customerRole, data.customer),
      facts: [
        ['Основание', grounds(data.contract, data.invoice)],
        ['Период', data.period ? span(data.period.from, data.period.to) : ''],
        [
          'Взамен',
          data.replaces ? `акта ${named({ title: '', ...data.replaces }).trim()} (аннулирован)` : '',
        ],
      ].filter(([, fact]) => fact !== ''),
      bill: billedSheet(data, 'Всего'),
      statement: [
        statement,
        'Акт составлен в двух экземплярах, имеющих равную юридическую силу, по одному для каждой стороны.',
      ],
      signatures: [
        signature(sellerRole, data.seller.name, data.sellerSignatory),
        signature(customerRole, data.customer.name, data.customerSignatory),
      ],
    }
  },
})
