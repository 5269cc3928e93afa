/** What a server can do to a letter on its way, and what is concluded about the letter. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { simpleParser } from 'mailparser'
import {
  MailFault,
  captureTransport,
  messageIdOf,
  smtpTransport,
  type Outgoing,
} from '../../src/mail/transport.ts'
import { startSmtp, type Behaviour } from '../_support/smtp.ts'

const letter = (over: Partial<Outgoing> = {}): Outgoing => ({
  from: 'Certdesk <office@certdesk.example>',
  to: 'reader@example.org',
  toName: 'Ирина Седых',
  subject: 'Счёт № 1',
  html: '<p>Здравствуйте</p>',
  text: 'Здравствуйте\n',
  attachments: [],
  messageId: messageIdOf(17, 'https://certdesk.example'),
  date: new Date('2026-11-23T10:00:00Z'),
  ...over,
})

// Larger than every buffer on the way, so that a cut connection is noticed before the last byte is read.
const heavy = letter({
  attachments: [{ fileName: 'СФ.pdf', mime: 'application/pdf', content: Buffer.alloc(12_000_000, 'x') }],
})

test('an accepted letter arrives whole, in both its parts', async (t) => {
  const server = await startSmtp(t)
  const attachments = [{ fileName: 'Запрос_1490.json', mime: 'application/json', content: Buffer.from('{}') }]
  t.regex(await smtpTransport(server.url).send(letter({ attachments })), /^250 /)
  const [mail] = server.accepted
  t.is(mail?.subject, 'Счёт № 1')
  t.is(mail?.messageId, '<mail-17@certdesk.example>')
  t.is(mail?.text?.trim(), 'Здравствуйте')
  t.true(String(mail?.html).includes('<p>Здравствуйте</p>'))
  t.is(mail?.attachments[0]?.filename, 'Запрос_1490.json')
})

const outcomes: [Behaviour, Outgoing, MailFault['fate'], string][] = [
  ['later', letter(), 'temporary', 'mail.refused-for-now'],
  ['never', letter(), 'permanent', 'mail.address-refused'],
  ['refuse', letter(), 'permanent', 'mail.refused'],
  ['cut', heavy, 'temporary', 'mail.server-away'],
  ['silence', letter(), 'unknown', 'mail.fate-unknown'],
]
for (const [behaviour, sent, fate, code] of outcomes)
  test(`a server that answers «${behaviour}» leaves the fate ${fate}`, async (t) => {
    const server = await startSmtp(t, [behaviour])
    const fault = await t.throwsAsync(smtpTransport(server.url).send(sent), { instanceOf: MailFault })
    t.is(fault?.fate, fate)
    t.is(fault?.code, code)
    t.is(server.accepted.length, 0)
  })

test('a stop in the middle of waiting for the reply leaves the fate unknown', async (t) => {
  const server = await startSmtp(t, ['hang'])
  const stop = new AbortController()
  const sending = smtpTransport(server.url).send(letter(), stop.signal)
  const watch = setInterval(() => server.received === 1 && stop.abort(), 20)
  t.teardown(() => clearInterval(watch))
  const fault = await t.throwsAsync(sending, { instanceOf: MailFault })
  t.is(fault?.fate, 'unknown')
})

test('a server that is not there is away for now', async (t) => {
  const server = await startSmtp(t)
  await server.stop()
  const fault = await t.throwsAsync(smtpTransport(server.url).send(letter()), { instanceOf: MailFault })
  t.is(fault?.fate, 'temporary')
  t.is(fault?.code, 'mail.server-away')
})

test('without a server letters are kept in a folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const { send } = captureTransport(join(folder, 'outbox'))
  await send(letter())
  await send(letter())
  const files = await readdir(join(folder, 'outbox'))
  t.deepEqual(files.sort(), ['mail-17_certdesk_example.eml', 'mail-17_certdesk_example.json'])
  t.is(
    (await simpleParser(await readFile(join(folder, 'outbox', 'mail-17_certdesk_example.eml')))).subject,
    'Счёт № 1',
  )
})
