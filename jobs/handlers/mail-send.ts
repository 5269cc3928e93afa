/** Message `mail.send`: one letter to the server. What was said to the server is never said twice by itself. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { atomic } from '../../src/db/atomic.ts'
import { delayAfter, type BackOff } from '../../src/domain/back-off.ts'
import { env } from '../../src/env.ts'
import { log } from '../../src/log.ts'
import type { Composed } from '../../src/mail/define-mail.ts'
import {
  MailFault,
  captureTransport,
  messageIdOf,
  smtpTransport,
  type Transport,
} from '../../src/mail/transport.ts'
import type { AccessLink } from '../../src/models/access-link.ts'
import type { Mail } from '../../src/models/mail.ts'
import { linkAddress } from '../../src/operations/links/personal-links.ts'
import { backOffOf } from '../../src/operations/mails/post-mail.ts'
import {
  acceptMail,
  beginMail,
  doubtMail,
  failMail,
  postponeMail,
  prepareMail,
} from '../../src/operations/mails/send-mail.ts'
import { systemActor } from '../../src/policies/actor.ts'
import type { Message } from '../../src/queue/claim.ts'
import { LeaseLost, PermanentFailure, TryLater } from '../../src/queue/failure.ts'
import { defineHandler, type Handler } from '../../src/queue/handlers.ts'
import { messages } from '../../src/queue/messages.ts'
import { mails } from '../../templates/mails/index.ts'

const context = () => ({ actor: systemActor('mail.send'), now: new Date() })

/** Where captured letters lie when there is no server. */
export const outboxFolder = () => join(env().DATA_DIR, 'outbox')

const configuredTransport = (): Transport => {
  const { SMTP_URL } = env()
  return SMTP_URL === undefined ? captureTransport(outboxFolder()) : smtpTransport(SMTP_URL)
}

/** The handler with a transport and pauses of its own: tests name theirs, the worker takes the configured ones. */
export function mailHandler(
  transportOf: () => Transport = configuredTransport,
  pausesOf: (mail: Mail) => BackOff = backOffOf,
): Handler {
  let transport: Transport | undefined
  return defineHandler('mail.send', {
    // Each letter on its way is one of unknown fate should the process be killed: few at a time.
    concurrency: 2,
    async run(message, { signal, finish }) {
      const { mailId } = message.payload
      const prepared = await prepareMail(context(), { mailId })
      if (!prepared) return
      const composed = await compose(prepared.mail, prepared.link)
      if (!composed) throw new PermanentFailure('mail.not-needed')
      const messageId = messageIdOf(mailId, env().PUBLIC_URL)
      if (!(await beginMail(context(), { mailId, subject: composed.subject, messageId }))) return

      const { recipient, recipientName } = prepared.mail
      const letter = {
        ...composed,
        from: env().MAIL_FROM,
        to: recipient ?? '',
        toName: recipientName,
        messageId,
        date: new Date(),
      }
      transport ??= transportOf()
      let serverReply: string
      try {
        serverReply = await transport.send(letter, signal)
      } catch (error) {
        return refused(message, error, finish, pausesOf(prepared.mail))
      }
      await insist(() =>
        atomic(async () => {
          await acceptMail(context(), { mailId, serverReply })
          await finish()
        }),
      )
    },
    onDead: ({ payload }, failure) =>
      failMail(context(), {
        mailId: payload.mailId,
        failureCode: failure.code,
        // A failure that says no more than its code has its sentence in the locale files.
        failureText: failure.text === failure.code ? null : failure.text,
      }),
    onUncertain: ({ payload }) =>
      doubtMail(context(), { mailId: payload.mailId, failureCode: 'mail.worker-died', failureText: null }),
  })
}

/** The server has the letter: while the lease is ours, a database that is away for a moment must not make that unknown. */
async function insist(write: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + (messages['mail.send'].leaseSeconds * 1000) / 2
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (error instanceof LeaseLost || Date.now() > giveUpAt) throw error
      log.warn({ err: error }, 'an accepted letter could not be written down, trying again')
      await sleep(250)
    }
  }
}

async function compose(mail: Mail, link: AccessLink | null): Promise<Composed | null> {
  const definition = mails.find(({ kind }) => kind === mail.kind)
  if (!definition) throw new PermanentFailure('mail.unknown-kind', `no template for letters ${mail.kind}`)
  if (link?.revokedAt) return null
  return definition.compose(mail.params, {
    recipient: mail.recipient ?? '',
    recipientName: mail.recipientName,
    language: mail.language,
    // The page opens in the language of the letter.
    linkAddress: link && `${linkAddress(link)}${mail.language === 'ru' ? '' : `?lang=${mail.language}`}`,
    linkExpiresAt: link && link.expiresAt,
    publicUrl: env().PUBLIC_URL,
    now: new Date(),
  })
}

async function refused(
  message: Message<'mail.send'>,
  error: unknown,
  finish: () => Promise<void>,
  pauses: BackOff,
): Promise<void> {
  const { mailId } = message.payload
  const fault =
    error instanceof MailFault
      ? error
      : new MailFault('unknown', 'mail.fate-unknown', error instanceof Error ? error.message : String(error))
  log.warn(
    { mailId, fate: fault.fate, code: fault.code, reply: fault.message },
    'the letter was not accepted',
  )
  const failure = { failureCode: fault.code, failureText: fault.message }

  if (fault.fate === 'unknown') {
    await atomic(async () => {
      await doubtMail(context(), { mailId, ...failure })
      await finish()
    })
    return
  }
  // The death of the message and the failure of the letter are one commit: onDead.
  const isLast = message.attempts >= message.maxAttempts
  if (fault.fate === 'permanent' || isLast) throw new PermanentFailure(fault.code, fault.message)
  const delaySeconds = delayAfter(pauses, message.attempts)
  const nextTryAt = new Date(Date.now() + delaySeconds * 1000)
  await postponeMail(context(), { mailId, nextTryAt, ...failure })
  throw new TryLater(fault.code, fault.message, delaySeconds)
}

export const mailSend = mailHandler()
