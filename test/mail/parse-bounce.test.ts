/** Reports of mail servers as they really write them. */
import { readFileSync } from 'node:fs'
import test from 'ava'
import { parseBounce } from '../../src/mail/parse-bounce.ts'

const sample = (name: string): Buffer => readFileSync(new URL(`_bounces/${name}.eml`, import.meta.url))

test('a report names the letter by the message it returns, never by what stands inside it', (t) => {
  t.deepEqual(parseBounce(sample('postfix')), {
    messageIds: ['<mail-17@certdesk.example>'],
    recipients: [
      {
        address: 'buh@polus.example',
        action: 'failed',
        status: '5.1.1',
        reason: '550 5.1.1 <buh@polus.example>: Recipient address rejected: User unknown',
      },
    ],
  })
})

test('lines may end as the network ends them', (t) => {
  const crlf = Buffer.from(sample('postfix').toString('utf8').replaceAll('\n', '\r\n'))
  t.deepEqual(parseBounce(crlf), parseBounce(sample('postfix')))
})

test('a report without the letter names it by what it answers, and may be encoded', (t) => {
  t.deepEqual(parseBounce(sample('exchange')), {
    messageIds: ['<mail-18@certdesk.example>'],
    recipients: [
      { address: 'old@polus.example', action: 'failed', status: '5.2.2', reason: '554 5.2.2 mailbox full' },
    ],
  })
})

test('a delay is told apart from a failure, and an answer of a person from a report', (t) => {
  t.is(parseBounce(sample('delayed'))?.recipients[0]?.action, 'delayed')
  t.is(parseBounce(sample('out-of-office')), null)
  t.is(parseBounce(Buffer.from('')), null)
  t.is(parseBounce(Buffer.from('Content-Type: multipart/report; boundary=x\n\n--x\n--x--')), null)
})
