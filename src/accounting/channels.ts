/** Catalogue: every channel to accounting, and the operation that hands a request to its own. */
import { AccountingRequest } from '../models/accounting-request.ts'
import { operation } from '../operations/operation.ts'
import { authorise } from '../policies/define-policy.ts'
import type { Channel } from './define-channel.ts'
import { mailChannel } from './mail-channel.ts'

export const channels: readonly Channel[] = [mailChannel]

/** A request answered or failed meanwhile is left alone. */
export const handOverRequest = operation(
  'accounting-request.hand-over',
  async (context, { requestId }: { requestId: number }) => {
    const request = await AccountingRequest.findByPk(requestId, { lock: true, rejectOnEmpty: true })
    authorise(context.actor, 'send', request)
    if (request.state !== 'queued') return
    const channel = channels.find(({ name }) => name === request.channel)
    if (!channel) throw new Error(`request ${requestId} asks for the unknown channel ${request.channel}`)
    await channel.handOver(context, request)
  },
)
