/** Message `account.recover`: the letter to somebody who forgot their password; 0 is an address nobody has here. */
import { atomic } from '../../src/db/atomic.ts'
import { isDomainError } from '../../src/domain/errors.ts'
import { issuePasswordLink } from '../../src/operations/users/password-links.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { defineHandler } from '../../src/queue/handlers.ts'

export const accountRecover = defineHandler('account.recover', {
  concurrency: 2,
  // The link, its letter and the end of the message are one commit.
  run: ({ payload: { userId } }, { finish }) =>
    atomic(async () => {
      if (userId > 0) {
        await atomic(() =>
          issuePasswordLink(systemContext('account.recover'), { userId, purpose: 'reset' }),
        ).catch(
          // Blocked or gone between the click and now.
          (fault: unknown) => {
            if (!isDomainError(fault, 'not-found')) throw fault
          },
        )
      }
      await finish()
    }),
})
