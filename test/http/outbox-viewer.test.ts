/** The page of captured letters and of samples. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import express from 'express'
import { outboxViewer } from '../../src/http/outbox-viewer.ts'
import { captureTransport } from '../../src/mail/transport.ts'
import { mails } from '../../templates/mails/index.ts'
import { mailPreviews } from '../../templates/previews.ts'

test('a captured letter is listed, shown without scripts, and its attachments are whole', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'))
  const app = express().use(mailPreviews(), outboxViewer(folder))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await rm(folder, { recursive: true })
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const page = async (path: string) => (await fetch(base + path)).text()
  t.true((await page('/outbox')).includes('Писем ещё нет'))

  const letter = await mails.find(({ kind }) => kind === 'accounting-request')?.sample('ru')
  if (!letter) return t.fail()
  await captureTransport(folder).send({
    ...letter,
    from: 'Certdesk <office@certdesk.example>',
    to: 'buh@certdesk.example',
    toName: null,
    messageId: '<mail-1@certdesk.example>',
    date: new Date(),
  })
  const list = await page('/outbox')
  t.true(list.includes('href="/outbox/mail-1_certdesk_example"') && list.includes('buh@certdesk.example'))
  const shown = await page('/outbox/mail-1_certdesk_example')
  t.true(shown.includes('sandbox="allow-popups') && shown.includes('ЗБ-2026-001490'))
  const html = await fetch(`${base}/outbox/mail-1_certdesk_example/html`)
  t.regex(html.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/)
  const file = await fetch(`${base}/outbox/mail-1_certdesk_example/files/0`)
  t.deepEqual(Buffer.from(await file.arrayBuffer()), letter.attachments[0]?.content)
  t.is((await fetch(`${base}/outbox/..%2F..%2Fsecrets`)).status, 404)
  for (const { kind } of mails) t.is((await fetch(`${base}/outbox/samples/${kind}/en`)).status, 200)
})
