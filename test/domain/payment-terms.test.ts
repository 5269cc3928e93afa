/** Owns the rules of due days and reminders. */

import test from 'ava'
import { dueOn, isOverdue, reminderStepOn } from '../../src/domain/payment-terms.ts'

test('an invoice is overdue the day after its due day', (t) => {
  t.is(dueOn('2026-11-23'), '2026-12-03')
  t.false(isOverdue('2026-11-23', '2026-11-23'))
  t.true(isOverdue('2026-11-23', '2026-11-24'))
})

test('reminders come three days before and one, seven and fourteen days after the due day', (t) => {
  const steps = ['19', '20', '22', '23', '24', '29', '30'].map((day) =>
    reminderStepOn('2026-11-23', `2026-11-${day}`),
  )
  t.deepEqual(steps, [null, 'before_3', 'before_3', 'before_3', 'after_1', 'after_1', 'after_7'])
  t.is(reminderStepOn('2026-11-23', '2026-12-07'), 'after_14')
  t.is(reminderStepOn('2026-11-23', '2027-11-23'), 'after_14')
})
