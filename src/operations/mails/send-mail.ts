/** The way of a letter to the server, step by step: each step is committed before the next thing happens outside. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { mailStates } from '../../domain/states/mail.ts'
import { AccessLink } from '../../models/access-link.ts'
import { Document } from '../../models/document.ts'
import { Export } from '../../models/export.ts'
import { Mail } from '../../models/mail.ts'
import { StoredFile } from '../../models/stored-file.ts'
import type { Actor } from '../../policies/actor.ts'
import { hasCabinet } from '../../queries/mails/has-cabinet.ts'
import { failRequest, markRequestDelayed, markRequestSent } from '../accounting-requests/settle-request.ts'
import { issueLink } from '../links/personal-links.ts'
import { operation, type Context } from '../operation.ts'
import { enqueueMail } from './post-mail.ts'
import { markFailing } from './failing-address.ts'
import { tellOfMail } from './tell-of-mail.ts'

/** How long a client may open the papers by the link of a letter, in days. */
export const papersLinkDays = 30

type Failure = { failureCode: string; failureText: string | null }

function onlySystem(actor: Actor): void {
  if (actor.role !== 'system') throw new DomainError('forbidden')
}

async function lock(mailId: number): Promise<Mail> {
  return Mail.findByPk(mailId, { lock: true, rejectOnEmpty: true })
}

const tellDesk = (mail: Mail) =>
  notifyDesk({ ...(mail.officeId !== null && { officeId: mail.officeId }), topic: 'counters' })

const requestOf = (mail: Mail): number | null =>
  mail.kind === 'accounting-request' ? Number(mail.params['requestId']) : null

/** The letter to send and the link it carries; null when it is not waiting (any more). */
export const prepareMail = operation(
  'mail.prepare',
  async (
    { actor, now },
    { mailId }: { mailId: number },
  ): Promise<{ mail: Mail; link: AccessLink | null } | null> => {
    onlySystem(actor)
    const mail = await lock(mailId)
    if (mail.state === 'sending') {
      // An earlier try went out and nobody wrote down how it ended.
      await mail.update({ state: mailStates.next(mail.state, 'doubt'), failureCode: 'mail.fate-unknown' })
      await tellOfMail(mail, 'mail-uncertain', now)
      await tellDesk(mail)
      return null
    }
    if (mail.state !== 'waiting') return null
    if (mail.recipient === null) {
      await mail.update({ state: mailStates.next(mail.state, 'miss_address') })
      await tellOfMail(mail, 'mail-no-address', now)
      return null
    }
    return { mail, link: await linkOf(mail, now) }
  },
)

/** A letter about papers or a register gets its link on its way out; at a second try it carries the same one. */
async function linkOf(mail: Mail, now: Date): Promise<AccessLink | null> {
  const known = mail.params['linkId']
  if (known) return AccessLink.findByPk(Number(known))
  const common = { recipient: mail.recipient, isSingleUse: false, now }
  if (mail.kind === 'register') {
    const made = await Export.findByPk(Number(mail.params['exportId']))
    const file = made?.fileId ? await StoredFile.findByPk(made.fileId) : null
    if (!made?.expiresAt || !file) return null
    const { officeId } = file
    const link = await issueLink({
      ...common,
      officeId,
      purpose: 'export',
      subjectId: made.id,
      expiresAt: made.expiresAt,
    })
    await mail.update({ params: { ...mail.params, linkId: link.id } })
    return link
  }
  // Who has the cabinet is led there: a link that needs no sign-in would be the weaker door.
  if (mail.kind === 'documents-published' && (await hasCabinet(mail))) return null
  const documentIds = await papersOf(mail)
  if (documentIds.length === 0 || mail.officeId === null) return null
  const { officeId } = mail
  const expiresAt = new Date(now.getTime() + papersLinkDays * 24 * 3_600_000)
  const link = await issueLink({ ...common, officeId, purpose: 'documents', subjectId: mail.id, expiresAt })
  await mail.update({ params: { ...mail.params, documentIds, linkId: link.id } })
  return link
}

async function papersOf(mail: Mail): Promise<number[]> {
  if (mail.kind === 'documents-published') return mail.params['documentIds'] as number[]
  if (mail.kind !== 'invoice-reminder') return []
  const invoiceId = Number(mail.params['invoiceId'])
  const papers = await Document.findAll({
    where: { invoiceId, kind: 'invoice', state: ['ready', 'published'] },
  })
  return papers.map(({ id }) => id)
}

/** Committed before the server is spoken to: from here to the reply a lost worker leaves the fate unknown. */
export const beginMail = operation(
  'mail.begin',
  async ({ actor }, input: { mailId: number; subject: string; messageId: string }): Promise<boolean> => {
    onlySystem(actor)
    const mail = await lock(input.mailId)
    if (!mailStates.can(mail.state, 'start')) return false
    await mail.update({
      state: mailStates.next(mail.state, 'start'),
      subject: input.subject,
      messageId: input.messageId,
      failureCode: null,
      failureText: null,
    })
    return true
  },
)

/** The server has taken it. What the letter was for goes on in the same commit. */
export const acceptMail = operation(
  'mail.accept',
  async (context, input: { mailId: number; serverReply: string }) => {
    onlySystem(context.actor)
    const mail = await lock(input.mailId)
    await mail.update({
      state: mailStates.next(mail.state, 'accept'),
      sentAt: context.now,
      serverReply: input.serverReply,
    })
    await arrived(context, mail)
    await tellDesk(mail)
  },
)

/** An accepted letter to accounting is a sent request. */
export async function arrived(context: Context, mail: Mail): Promise<void> {
  const requestId = requestOf(mail)
  if (requestId !== null) await markRequestSent(context, { requestId, sentTo: mail.recipient ?? '' })
}

/** The server did not take it and may later; when is told to whoever waits for the request. */
export const postponeMail = operation(
  'mail.postpone',
  async (context, { mailId, nextTryAt, ...failure }: Failure & { mailId: number; nextTryAt: Date }) => {
    onlySystem(context.actor)
    const mail = await lock(mailId)
    await mail.update({ state: mailStates.next(mail.state, 'postpone'), ...failure })
    const requestId = requestOf(mail)
    if (requestId !== null) await markRequestDelayed(context, { requestId, nextTryAt, ...failure })
  },
)

/** It will not be sent by itself again: refused for good, out of tries, or no longer wanted. */
export const failMail = operation(
  'mail.fail',
  async (context, { mailId, ...failure }: Failure & { mailId: number }) => {
    onlySystem(context.actor)
    const mail = await lock(mailId)
    // A letter that could not even be written was never begun.
    if (mail.state === 'waiting') mail.state = mailStates.next(mail.state, 'start')
    if (!mailStates.can(mail.state, 'fail')) return
    await mail.update({ state: mailStates.next(mail.state, 'fail'), ...failure })
    const requestId = requestOf(mail)
    if (requestId !== null) await failRequest(context, { requestId, ...failure })
    if (failure.failureCode === 'mail.address-refused')
      await markFailing(mail, failure.failureText ?? failure.failureCode, context.now)
    await tellOfMail(mail, 'mail-failed', context.now)
    await tellDesk(mail)
  },
)

/** Nobody knows whether the server took it: a person decides, nothing is sent again by itself. */
export const doubtMail = operation(
  'mail.doubt',
  async ({ actor, now }, { mailId, ...failure }: Failure & { mailId: number }) => {
    onlySystem(actor)
    const mail = await lock(mailId)
    // The worker died between two tries: that letter certainly was not taken and simply goes on.
    if (mail.state === 'waiting') return enqueueMail(await mail.update({ ...failure }))
    if (!mailStates.can(mail.state, 'doubt')) return
    await mail.update({ state: mailStates.next(mail.state, 'doubt'), ...failure })
    await tellOfMail(mail, 'mail-uncertain', now)
    await tellDesk(mail)
  },
)
