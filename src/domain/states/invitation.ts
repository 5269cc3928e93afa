/** Owns the life of an invitation: used once, or ended by time or by the one who invited. */

import { defineStates, type StateIn } from '../define-states.ts'

export const invitationStates = defineStates('sent', {
  sent: { use: 'used', expire: 'expired', revoke: 'revoked', resend: 'sent' },
  used: {},
  expired: { resend: 'sent' },
  revoked: { resend: 'sent' },
})

export type InvitationState = StateIn<typeof invitationStates>
