/** Message `notification.deliver`: the letter somebody wished for at once is posted. */
import { atomic } from '../../src/db/atomic.ts'
import { deliverNotification } from '../../src/operations/notifications/deliver-notification.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { defineHandler } from '../../src/queue/handlers.ts'

export const notificationDeliver = defineHandler('notification.deliver', {
  concurrency: 2,
  async runBatch(messages, { finish }) {
    await atomic(async () => {
      for (const { payload } of messages)
        await deliverNotification(systemContext('notification.deliver'), payload)
      await finish(messages)
    })
  },
})
