/** Message `accounting.send`: hands a request to its channel, exactly once for each time it is asked for. */
import { handOverRequest } from '../../src/accounting/channels.ts'
import { atomic } from '../../src/db/atomic.ts'
import { failRequest } from '../../src/operations/accounting-requests/settle-request.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { defineHandler } from '../../src/queue/handlers.ts'

const context = () => ({ actor: systemActor('accounting.send'), now: new Date() })

export const accountingSend = defineHandler('accounting.send', {
  concurrency: 2,
  // The letter, its link and the end of the message are one commit: a worker that dies here has done nothing.
  run: ({ payload }, { finish }) =>
    atomic(async () => {
      await handOverRequest(context(), { requestId: payload.requestId })
      await finish()
    }),
  onDead: ({ payload }, failure) =>
    failRequest(context(), {
      requestId: payload.requestId,
      failureCode: failure.code,
      failureText: failure.text,
    }),
})
