/** Hands letters to the mail server, or to a folder when there is none; the only importer of Nodemailer. */
import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Composed } from './define-mail.ts'

export type Outgoing = Composed &
  Readonly<{
    /** `Certdesk <office@example.org>` */
    from: string
    to: string
    toName: string | null
    /** `<mail-17@example.org>`: the same at every try, so that a reader's program can tell a double. */
    messageId: string
    date: Date
  }>

export type Transport = Readonly<{
  /**
   * The server's reply once it has taken the letter.
   * @throws MailFault saying whether the letter is certainly not taken, refused for good, or in between.
   */
  send: (letter: Outgoing, signal?: AbortSignal) => Promise<string>
}>

/**
 * Why a letter was not taken. `temporary`: it certainly was not, try later. `permanent`: it never will be.
 * `unknown`: the server got all of it and did not answer; only a person may have it sent again.
 */
export class MailFault extends Error {
  override readonly name = 'MailFault'
  readonly fate: 'temporary' | 'permanent' | 'unknown'
  /** A key under `errors` of the locale files, such as `mail.server-away`. */
  readonly code: string

  constructor(fate: MailFault['fate'], code: string, text: string) {
    super(text)
    this.fate = fate
    this.code = code
  }
}

// All together below the lease of a message (120 s), which `totalMs` makes sure of.
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }
const totalMs = 90_000

/** The `Message-ID` of a row of `mails`. */
export const messageIdOf = (mailId: number, publicUrl: string): string =>
  `<mail-${mailId}@${new URL(publicUrl).hostname}>`

/** Delivery by SMTP: `smtp://user:password@host:587`, `smtps://…`; options of Nodemailer may stand in the query. */
export function smtpTransport(url: string): Transport {
  const options = { ...timeouts, ...parseConnectionUrl(url) } as Record<string, unknown>
  return { send: async (letter, signal) => deliver(options, letter, await mimeOf(letter), signal) }
}

/** A captured letter as the viewer of the outbox reads it: the file beside the `.eml`. */
export type Captured = Readonly<{
  from: string
  to: string
  subject: string
  date: string
  html: string
  text: string
  /** `content` in base64. */
  attachments: readonly { fileName: string; mime: string; content: string }[]
}>

/**
 * Instead of delivery: for each letter an `.eml` that any mail program opens and a `.json` for the viewer, named by
 * its Message-ID; the same letter sent twice is there once.
 */
export function captureTransport(folder: string): Transport {
  return {
    async send(letter) {
      await mkdir(folder, { recursive: true, mode: 0o750 })
      const path = join(folder, letter.messageId.replaceAll(/[^\w-]+/g, '_').replace(/^_|_$/g, ''))
      const { from, to, subject, html, text } = letter
      const attachments = letter.attachments.map((one) => ({
        ...one,
        content: one.content.toString('base64'),
      }))
      const captured: Captured = {
        from,
        to,
        subject,
        date: letter.date.toISOString(),
        html,
        text,
        attachments,
      }
      await keep(`${path}.json`, JSON.stringify(captured))
      await keep(`${path}.eml`, await mimeOf(letter))
      return `250 ${basename(path)}.eml`
    },
  }
}

async function keep(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o640 })
  await rename(draft, path)
}

const mimeOf = (letter: Outgoing): Promise<Buffer> =>
  new MailComposer({
    from: letter.from,
    to: letter.toName ? { name: letter.toName, address: letter.to } : letter.to,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    messageId: letter.messageId,
    date: letter.date,
    // Robots on the other side must not answer: nobody reads what they say.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: letter.attachments.map(({ fileName, mime, content }) => ({
      filename: fileName,
      contentType: mime,
      content,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

/** How far a delivery has come: after `ended` the server may hold the whole letter. */
type Stage = 'envelope' | 'data' | 'ended'

/** The bytes of a letter, telling when the connection begins to read them and when it has read the last one. */
function tracked(mime: Buffer, reach: (stage: Stage) => void): Readable {
  function* chunks() {
    reach('data')
    for (let at = 0; at < mime.length; at += 16_384) yield mime.subarray(at, at + 16_384)
    reach('ended')
  }
  return Readable.from(chunks(), { objectMode: false, highWaterMark: 16_384 })
}

const addressOf = (from: string): string => /<([^>]*)>\s*$/.exec(from)?.[1] ?? from.trim()

async function deliver(
  options: Record<string, unknown>,
  letter: Outgoing,
  mime: Buffer,
  signal?: AbortSignal,
): Promise<string> {
  let stage: Stage = 'envelope'
  const connection = new SMTPConnection(options)
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = (reason: string) => reject(Object.assign(new Error(reason), { code: 'ETIMEDOUT' }))
      const timer = setTimeout(() => stop('The delivery took too long'), totalMs)
      const abort = () => stop('The delivery was stopped')
      signal?.addEventListener('abort', abort, { once: true })
      const settle = (work: () => void) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        work()
      }
      const fail = (error: Error) => settle(() => reject(error))
      connection.on('error', fail)
      connection.once('end', () =>
        fail(Object.assign(new Error('The connection ended'), { code: 'ECONNECTION' })),
      )
      const send = () =>
        connection.send(
          { from: addressOf(letter.from), to: [letter.to], size: mime.length },
          tracked(mime, (reached) => (stage = reached)),
          (error, info) => (error ? fail(error) : settle(() => resolve(info?.response ?? ''))),
        )
      connection.connect((error?: Error | null) => {
        if (error) return fail(error)
        const auth = options['auth'] as { user?: string; pass?: string } | undefined
        if (!auth?.user) return send()
        connection.login(auth, (refused) => (refused ? fail(refused) : send()))
      })
    })
  } catch (error) {
    throw faultOf(error as SmtpError, stage)
  } finally {
    connection.close()
  }
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string }

/** What a failure says about the letter; the text is the server's own words where it had any. */
export function faultOf(error: SmtpError, stage: Stage): MailFault {
  const { code = '', command = '', responseCode = 0 } = error
  const text = (error.response ?? error.message).split(/\r?\n/)[0]?.slice(0, 300) ?? ''
  if (responseCode >= 400) {
    // What is said at the door concerns the server or our account there, not this letter.
    const isAboutLetter = /^(MAIL FROM|RCPT TO|DATA)/.test(command)
    if (code === 'EAUTH') return new MailFault('temporary', 'mail.sign-in-refused', text)
    if (responseCode < 500 || !isAboutLetter) return new MailFault('temporary', 'mail.refused-for-now', text)
    if (command.startsWith('RCPT')) return new MailFault('permanent', 'mail.address-refused', text)
    return new MailFault('permanent', 'mail.refused', text)
  }
  if (stage === 'ended') return new MailFault('unknown', 'mail.fate-unknown', text)
  if (code === 'EAUTH') return new MailFault('temporary', 'mail.sign-in-refused', text)
  if (code === 'EMESSAGE') return new MailFault('permanent', 'mail.too-large', text)
  if (code === 'EENVELOPE') return new MailFault('permanent', 'mail.address-refused', text)
  if (code === 'ETLS' || code === 'EREQUIRETLS')
    return new MailFault('temporary', 'mail.encryption-failed', text)
  if (code === 'EDNS' || code === 'ENOTFOUND') return new MailFault('temporary', 'mail.server-unknown', text)
  if (code === 'ETIMEDOUT') return new MailFault('temporary', 'mail.server-silent', text)
  return new MailFault('temporary', 'mail.server-away', text)
}
