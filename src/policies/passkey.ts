/** A passkey is its owner's and nobody else's. */
import { Passkey } from '../models/passkey.ts'
import { definePolicy } from './define-policy.ts'

export const passkeyPolicy = definePolicy(Passkey, {
  scope: (actor) => (actor.kind === 'user' && actor.id !== null ? { userId: actor.id } : null),
  hidden: ['credentialId', 'publicKey', 'counter', 'transports'],
  verbs: {
    rename: (actor, passkey) => !passkey || passkey.userId === actor.id,
    remove: (actor, passkey) => !passkey || passkey.userId === actor.id,
  },
})
