/** Owns the life of an order from the catalogue: it ends as an invoice, as a refusal, or by the client's own will. */

import { defineStates, type StateIn } from '../define-states.ts'

export const orderRequestStates = defineStates('placed', {
  placed: { invoice: 'invoiced', refuse: 'refused', withdraw: 'withdrawn' },
  // Its draft was thrown away.
  invoiced: { return: 'placed' },
  refused: {},
  withdrawn: {},
})

export type OrderRequestState = StateIn<typeof orderRequestStates>
