/** A server has written back that a letter it took was not delivered after all. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { mailStates } from '../../domain/states/mail.ts'
import { Mail } from '../../models/mail.ts'
import { failRequest } from '../accounting-requests/settle-request.ts'
import { operation } from '../operation.ts'
import { markFailing } from './failing-address.ts'
import { tellOfMail } from './tell-of-mail.ts'

export type Report = Readonly<{ messageIds: readonly string[]; address: string; reason: string }>

/** `early`: the letter is still being sent and its report must be read again. `unknown`: no letter of ours. */
export type BounceOutcome = 'bounced' | 'known' | 'early' | 'unknown'

/** Read twice, a report changes nothing the second time; about another reader than the letter's it changes nothing. */
export const bounceMail = operation(
  'mail.bounce',
  async (context, { messageIds, address, reason }: Report): Promise<BounceOutcome> => {
    if (context.actor.role !== 'system') throw new DomainError('forbidden')
    const mail = await Mail.findOne({ where: { messageId: [...messageIds] }, lock: true })
    if (!mail || mail.recipient?.toLowerCase() !== address.toLowerCase()) return 'unknown'
    if (mail.state === 'sending') return 'early'
    if (!mailStates.can(mail.state, 'bounce')) return 'known'
    const failure = { failureCode: 'mail.bounced', failureText: reason }
    await mail.update({ state: mailStates.next(mail.state, 'bounce'), ...failure })
    await markFailing(mail, reason, context.now)
    if (mail.kind === 'accounting-request')
      await failRequest(context, { requestId: Number(mail.params['requestId']), ...failure })
    await tellOfMail(mail, 'mail-failed', context.now)
    await notifyDesk({ topic: 'counters', ...(mail.officeId !== null && { officeId: mail.officeId }) })
    return 'bounced'
  },
)
