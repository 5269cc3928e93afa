/** Owns how well a person is known (S4-02): by an address, by checked papers, by sight. Papers told anew begin from below. */

import { defineStates, type StateIn } from '../define-states.ts'

export const accountLevels = defineStates('simplified', {
  simplified: { verify: 'standard' },
  standard: { confirm: 'confirmed', lapse: 'simplified' },
  confirmed: { lapse: 'simplified' },
})

export type AccountLevel = StateIn<typeof accountLevels>
