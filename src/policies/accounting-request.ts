/** Who asks the accountants, who answers, and who confirms the answer. */
import { AccountingRequest } from '../models/accounting-request.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const askers = roles('administrator', 'operator')
const answerers = roles('administrator', 'accountant', 'link')

export const accountingRequestPolicy = definePolicy(AccountingRequest, {
  scope: ownOffice,
  verbs: {
    list: readers,
    show: readers,
    send: roles('system'),
    answer: (actor, request) =>
      answerers(actor) && (!request || request.state === 'sent' || request.state === 'queued'),
    refuse: (actor, request) =>
      answerers(actor) && (!request || request.state === 'sent' || request.state === 'queued'),
    acknowledge: (actor, request) =>
      askers(actor) && (!request || request.state === 'done' || request.state === 'failed'),
    retry: (actor, request) =>
      roles('administrator', 'operator', 'support')(actor) && (!request || request.state === 'failed'),
    uploadAnswer: answerers,
    attachFiles: (actor, request) =>
      roles('administrator', 'accountant')(actor) && (!request || request.outcome === 'confirmed'),
    export: readers,
  },
})
