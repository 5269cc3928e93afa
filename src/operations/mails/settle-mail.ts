/** What a person does about a letter in trouble: says that it arrived or did not, or has it sent once more. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { mailStates } from '../../domain/states/mail.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { Mail } from '../../models/mail.ts'
import { Organisation } from '../../models/organisation.ts'
import { User } from '../../models/user.ts'
import { systemActor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { dismissMessages } from '../../queue/settle.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { trustAgain } from './failing-address.ts'
import { enqueueMail } from './post-mail.ts'
import { arrived } from './send-mail.ts'

async function lock(mailId: number): Promise<Mail> {
  const mail = await Mail.findByPk(mailId, { lock: true })
  if (!mail) throw new DomainError('not-found')
  return mail
}

const tellDesk = (mail: Mail) =>
  notifyDesk({ ...(mail.officeId !== null && { officeId: mail.officeId }), topic: 'counters' })

/** What failed to send it and what was told of it are settled with it: nobody is asked to look at it again. */
async function dismiss(mail: Mail, reason: string, now: Date): Promise<void> {
  await settleNotifications('mails', [mail.id], now)
  await trustAgain(mail)
  const rows = await sequelize.query<{ id: number }>(
    `select id from outbox
     where topic = 'mail.send' and (dedup_key = $1 or dedup_key like $1 || '-%') and state in ('dead', 'uncertain')`,
    { type: QueryTypes.SELECT, bind: [`mail-${mail.id}`] },
  )
  if (rows.length > 0)
    await dismissMessages(
      rows.map(({ id }) => id),
      reason,
    )
}

/** «Письмо дошло»: the reader has confirmed it. @throws DomainError `not-found`, `forbidden` */
export const settleSent = operation(
  'mail.settle-sent',
  async ({ actor, now }, { mailId }: { mailId: number }) => {
    const mail = await lock(mailId)
    authorise(actor, 'settleSent', mail)
    await mail.update({
      state: mailStates.next(mail.state, 'settle'),
      sentAt: now,
      settledBy: actor.id,
      settledAt: now,
    })
    await dismiss(mail, 'settled as sent', now)
    // The person decided about the letter; that the request is therefore sent, the product concludes itself.
    await arrived({ actor: systemActor('mail.settle-sent'), now }, mail)
    await tellDesk(mail)
    return mail
  },
)

/** «Письмо не дошло»: it goes out again under the same Message-ID. @throws DomainError `not-found`, `forbidden` */
export const settleNotSent = operation(
  'mail.settle-not-sent',
  async ({ actor, now }, { mailId }: { mailId: number }) => {
    const mail = await lock(mailId)
    authorise(actor, 'settleNotSent', mail)
    await mail.update({
      state: mailStates.next(mail.state, 'resend'),
      failureCode: null,
      failureText: null,
      settledBy: actor.id,
      settledAt: now,
    })
    await dismiss(mail, 'settled as not sent', now)
    await enqueueMail(mail)
    await tellDesk(mail)
    return mail
  },
)

/**
 * «Повторить»: a failed letter, or one that had no address, goes to the address its reader has now.
 * @throws DomainError `mail-address-missing`, `mail-retry-request` for a letter whose request is to be repeated instead
 */
export const retryMail = operation('mail.retry', async ({ actor, now }, { mailId }: { mailId: number }) => {
  const mail = await lock(mailId)
  authorise(actor, 'retry', mail)
  const recipient = await currentAddress(mail)
  if (!recipient) throw new DomainError('mail-address-missing')
  await mail.update({
    state: mailStates.next(mail.state, 'resend'),
    recipient,
    failureCode: null,
    failureText: null,
  })
  await dismiss(mail, 'repeated by a person', now)
  await enqueueMail(mail)
  await tellDesk(mail)
  return mail
})

// Any other letter is to one person: what it opens must never reach a mailbox others read.
const toOrganisation = new Set(['documents-published', 'invoice-reminder'])

async function addressOfReader({ params }: Mail): Promise<string | null> {
  const reader = params['userId'] === undefined ? null : await User.findByPk(Number(params['userId']))
  return reader?.email.trim() || null
}

async function currentAddress(mail: Mail): Promise<string | null> {
  if (mail.kind === 'accounting-request') {
    const request = await AccountingRequest.findByPk(Number(mail.params['requestId']), {
      rejectOnEmpty: true,
    })
    // Its link may be spent and its request failed: a new try makes both anew.
    if (request.state !== 'queued') throw new DomainError('mail-retry-request')
    const seller = await Organisation.findByPk(request.sellerId, { rejectOnEmpty: true })
    return seller.accountingEmail?.trim() || seller.email?.trim() || null
  }
  if (!toOrganisation.has(mail.kind)) return mail.recipient ?? (await addressOfReader(mail))
  const organisation = mail.organisationId === null ? null : await Organisation.findByPk(mail.organisationId)
  return organisation?.email?.trim() || mail.recipient
}
