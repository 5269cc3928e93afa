/** Reads what a mail server writes back about a letter it could not deliver (RFC 3464), out of one message. */

export type Bounce = Readonly<{
  /** `Message-ID`s of the letter it is about, the most certain first; with their angle brackets. */
  messageIds: readonly string[]
  recipients: readonly BouncedRecipient[]
}>

export type BouncedRecipient = Readonly<{
  address: string
  action: string
  /** `5.1.1` */
  status: string
  /** In the words of the server that refused, or the status alone. */
  reason: string
}>

type Part = Readonly<{ headers: ReadonlyMap<string, string>; body: string }>

// Deeper nesting is no report of a mail server.
const deepest = 4

/** Null for anything that is not a delivery report: an answer of a person or a robot, or spam. */
export function parseBounce(raw: Buffer): Bounce | null {
  // Reports are ASCII by their standard; what is not stays readable enough for a person.
  const message = partOf(raw.toString('utf8').replaceAll('\r\n', '\n'))
  const parts = leaves(message, 0)
  const report = parts.find(({ headers }) => typeOf(headers) === 'message/delivery-status')
  if (!report) return null
  const recipients = decoded(report)
    .split(/\n{2,}/)
    .map((block) => headersOf(block))
    .flatMap((fields) => recipientOf(fields))
  if (recipients.length === 0) return null
  const original = parts.filter(({ headers }) =>
    /^(message\/(rfc822|rfc822-headers|global|global-headers)|text\/rfc822-headers)$/.test(typeOf(headers)),
  )
  const messageIds = [
    ...original.map((part) => headersOf(headOf(decoded(part))).get('message-id') ?? ''),
    message.headers.get('in-reply-to') ?? '',
    message.headers.get('references') ?? '',
  ].flatMap((text) => text.match(/<[^<>\s]+>/g) ?? [])
  return { messageIds: [...new Set(messageIds)], recipients }
}

function recipientOf(fields: ReadonlyMap<string, string>): BouncedRecipient[] {
  const address = addressOf(fields.get('original-recipient') ?? fields.get('final-recipient') ?? '')
  const action = (fields.get('action') ?? '').toLowerCase().trim()
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? ''
  if (!address || !action) return []
  const said = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')
  return [{ address, action, status, reason: (said || status).slice(0, 300) }]
}

/** `rfc822; <somebody@example.org>` */
const addressOf = (field: string): string => /[^\s;<>]+@[^\s;<>]+/.exec(field)?.[0]?.toLowerCase() ?? ''

function leaves(part: Part, depth: number): Part[] {
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(part.headers.get('content-type') ?? '')
  if (depth > deepest || !boundary || !typeOf(part.headers).startsWith('multipart/')) return [part]
  const mark = `--${boundary[1] ?? boundary[2]}`
  const pieces = `\n${part.body}`.split(`\n${mark}`).slice(1)
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leaves(partOf(piece.replace(/^[ \t]*\n/, '')), depth + 1))
}

const headOf = (text: string): string => text.split('\n\n', 1)[0] ?? ''

function partOf(text: string): Part {
  // A part without headers begins with an empty line.
  if (text.startsWith('\n')) return { headers: new Map(), body: text.slice(1) }
  const head = headOf(text)
  return { headers: headersOf(head), body: text.slice(head.length + 2) }
}

function headersOf(head: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of head.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? []
    if (name && value !== undefined && !headers.has(name.toLowerCase()))
      headers.set(name.toLowerCase(), value.trim())
  }
  return headers
}

const typeOf = (headers: ReadonlyMap<string, string>): string =>
  (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

function decoded({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? ''
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')
  if (encoding !== 'quoted-printable') return body
  return body
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
