/** Owns the rules of the trade's state machines that no other layer may break. */

import test from 'ava'
import { accountingRequestStates } from '../../../src/domain/states/accounting-request.ts'
import { documentStates } from '../../../src/domain/states/document.ts'
import { exportStates } from '../../../src/domain/states/export.ts'
import { invoiceLineStates } from '../../../src/domain/states/invoice-line.ts'
import { invoiceStates } from '../../../src/domain/states/invoice.ts'
import { mailStates } from '../../../src/domain/states/mail.ts'
import { outboxMessageStates } from '../../../src/domain/states/outbox-message.ts'

test('a line goes from the order to the cabinet in five steps', (t) => {
  const steps = ['pay', 'request', 'ship', 'act', 'publish'] as const
  t.deepEqual(
    steps.reduce(
      (path, step) => [...path, invoiceLineStates.next(path.at(-1)!, step)],
      [invoiceLineStates.initial],
    ),
    ['ordered', 'paid', 'shipping_requested', 'shipped', 'acted', 'published'],
  )
})

test('a line that waits for accounting cannot be requested again', (t) => {
  t.deepEqual(invoiceLineStates.statesWhere('request'), ['paid'])
  t.is(invoiceLineStates.next('shipping_requested', 'refuse'), 'paid')
})

test('a line is cancelled only before it is requested', (t) => {
  t.deepEqual(invoiceLineStates.statesWhere('cancel'), ['ordered', 'paid'])
})

test('an invoice is cancelled only while nothing is paid', (t) => {
  t.deepEqual(invoiceStates.statesWhere('cancel'), ['issued'])
})

test('a request rests only when a person has acknowledged its answer', (t) => {
  const ends = accountingRequestStates.states.filter(
    (state) => accountingRequestStates.events(state).length === 0,
  )
  t.deepEqual(ends, ['acknowledged'])
  t.deepEqual(accountingRequestStates.statesWhere('acknowledge'), ['done', 'failed'])
})

test('a ready document is never generated again', (t) => {
  t.deepEqual(documentStates.events('ready'), ['publish', 'cancel'])
  t.deepEqual(documentStates.events('published'), ['cancel'])
})

test('an export is cancelled only until it is ready', (t) => {
  t.deepEqual(exportStates.statesWhere('cancel'), ['queued', 'running'])
})

test('a letter is accepted only while it is being sent, so never without an address', (t) => {
  t.deepEqual(mailStates.statesWhere('accept'), ['sending'])
  t.deepEqual(mailStates.events('no_address'), ['resend'])
})

test('a letter or message of unknown fate moves only by the hand of a person, or by a report that it came back', (t) => {
  t.deepEqual(mailStates.events('uncertain'), ['resend', 'settle', 'bounce'])
  t.deepEqual(outboxMessageStates.events('uncertain'), ['retry', 'skip'])
})
