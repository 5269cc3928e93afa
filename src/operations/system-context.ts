/** The context of work nobody pressed a button for. */
import { systemActor } from '../policies/actor.ts'
import type { Context } from './operation.ts'

/** `name` is the job or message that acts: it is what the audit trail shows. */
export const systemContext = (name: string, now = new Date()): Context => ({ actor: systemActor(name), now })
