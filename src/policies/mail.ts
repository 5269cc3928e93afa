/** Who may see the letters and settle those whose fate is unknown. */
import { Mail } from '../models/mail.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')

export const mailPolicy = definePolicy(Mail, {
  scope: ownOffice,
  hidden: ['params'],
  verbs: {
    list: readers,
    show: readers,
    retry: (actor, mail) =>
      readers(actor) && (!mail || mail.state === 'failed' || mail.state === 'no_address'),
    settleSent: (actor, mail) => readers(actor) && (!mail || mail.state === 'uncertain'),
    settleNotSent: (actor, mail) => readers(actor) && (!mail || mail.state === 'uncertain'),
  },
})
