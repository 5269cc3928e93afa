/** The way of a text message to the gateway: each step is committed before the next thing happens outside. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { smsStates } from '../../domain/states/sms.ts'
import { Sms } from '../../models/sms.ts'
import type { Actor } from '../../policies/actor.ts'
import { operation } from '../operation.ts'

type Failure = { failureCode: string; failureText: string | null }

async function lock(actor: Actor, smsId: number): Promise<Sms> {
  if (actor.role !== 'system') throw new DomainError('forbidden')
  return Sms.findByPk(smsId, { lock: true, rejectOnEmpty: true })
}

/** Committed before the gateway is spoken to; null when it was sent already, or when its fate just became unknown. */
export const beginSms = operation(
  'sms.begin',
  async ({ actor }, { smsId, segments }: { smsId: number; segments: number }): Promise<Sms | null> => {
    const sms = await lock(actor, smsId)
    if (sms.state === 'sending') {
      // An earlier try went out and nobody wrote down how it ended.
      await sms.update({ state: smsStates.next(sms.state, 'doubt'), failureCode: 'sms.fate-unknown' })
      return null
    }
    if (!smsStates.can(sms.state, 'start')) return null
    return sms.update({
      state: smsStates.next(sms.state, 'start'),
      segments,
      failureCode: null,
      failureText: null,
    })
  },
)

export const acceptSms = operation(
  'sms.accept',
  async ({ actor, now }, { smsId, gatewayId }: { smsId: number; gatewayId: string | null }) => {
    const sms = await lock(actor, smsId)
    await sms.update({ state: smsStates.next(sms.state, 'accept'), sentAt: now, gatewayId })
  },
)

/** `postpone`: certainly not sent, tried later. `fail`: never will be. `doubt`: a person decides. */
export const endSms = operation(
  'sms.end',
  async (
    { actor },
    { smsId, event, ...failure }: Failure & { smsId: number; event: 'postpone' | 'fail' | 'doubt' },
  ) => {
    const sms = await lock(actor, smsId)
    // A text that could not even be written was never begun.
    if (sms.state === 'waiting' && event === 'fail') sms.state = smsStates.next(sms.state, 'start')
    if (!smsStates.can(sms.state, event)) return
    await sms.update({ state: smsStates.next(sms.state, event), ...failure })
    await notifyDesk({ topic: 'counters' })
  },
)
