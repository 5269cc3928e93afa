/** Owns the life of an invoice line («услуга»): from the order to the act in the client's cabinet. */

import { defineStates, type StateIn } from '../define-states.ts'

export const invoiceLineStates = defineStates('ordered', {
  ordered: { pay: 'paid', cancel: 'cancelled' },
  paid: { request: 'shipping_requested', unpay: 'ordered', cancel: 'cancelled' },
  // `refuse` is accounting's refusal after a person acknowledged it: the line may be requested again.
  shipping_requested: { ship: 'shipped', refuse: 'paid' },
  shipped: { act: 'acted' },
  acted: { publish: 'published' },
  published: {},
  cancelled: {},
})

export type InvoiceLineState = StateIn<typeof invoiceLineStates>
