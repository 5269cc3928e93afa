/** A person ends their own sessions: one, or all but the one they sit at. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordEvents } from '../audit.ts'
import { operation } from '../operation.ts'
import { ownAccount } from './own-account.ts'

/** The number of the session is told to its owner; what its cookie says is told to nobody. */
export const endSession = operation(
  'user.end-session',
  async ({ actor }, { sessionId }: { sessionId: number }) => {
    const user = await ownAccount(actor)
    const ended = await sequelize.query<{ id: number }>(
      'delete from sessions where id = $1 and user_id = $2 returning id',
      { bind: [sessionId, user.id], type: QueryTypes.SELECT },
    )
    if (ended.length === 0) throw new DomainError('not-found')
    await recordEvents('users', [{ id: user.id, officeId: user.officeId, organisationId: null }], {})
  },
)

/** Ends all of them; the caller opens its own anew under the new version. */
export const endAllSessions = operation('user.end-sessions', async ({ actor }) => {
  const user = await ownAccount(actor)
  await sequelize.query('delete from sessions where user_id = $1', { bind: [user.id] })
  await user.update({ sessionVersion: user.sessionVersion + 1 })
  return { sessionVersion: user.sessionVersion }
})
