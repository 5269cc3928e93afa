/** Message `identity.check`: asks whoever can vouch for papers, and the office where nobody can. */
import { atomic } from '../../src/db/atomic.ts'
import { askCheckers, checkers, type IdentityChecker } from '../../src/identity/define-checker.ts'
import { answerIdentityCheck } from '../../src/operations/identities/decide-identity.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { questionOf } from '../../src/queries/identities/question-of.ts'
import { defineHandler, type Handler } from '../../src/queue/handlers.ts'

export const identityCheckBy = (known: readonly IdentityChecker[]): Handler =>
  defineHandler('identity.check', {
    concurrency: 2,
    async run({ payload: { identityId, version } }, { finish }) {
      const question = await questionOf(identityId, version)
      const context = systemContext('identity.check')
      // Asked outside the transaction: a slow service holds no lock.
      const answer = question && (await askCheckers(known, question, context.now))
      await atomic(async () => {
        if (question) await answerIdentityCheck(context, { identityId, version, answer })
        await finish()
      })
    },
  })

export const identityCheck = identityCheckBy(checkers)
