import test from 'ava'
import { passwordRules, unmetRules } from '../../src/domain/password-rules.ts'

test('a client needs eight characters with a digit, both cases and one of the named signs (S2-06)', (t) => {
  t.deepEqual(unmetRules('Qw7$rtyu', 'client'), [])
  t.deepEqual(unmetRules('Qw7$rty', 'client'), ['length8'])
  t.deepEqual(unmetRules('Qwe$rtyu', 'client'), ['digit'])
  t.deepEqual(unmetRules('qw7$rtyu', 'client'), ['upper'])
  t.deepEqual(unmetRules('QW7$RTYU', 'client'), ['lower'])
  t.deepEqual(unmetRules('Qw7!rtyu', 'client'), ['special'])
  for (const sign of '%$@&*#') t.deepEqual(unmetRules(`Qw7${sign}rtyu`, 'client'), [])
})

test('the sign ^ is not allowed, whatever else there is', (t) => {
  t.deepEqual(unmetRules('Qw7$rtyu^', 'client'), ['caret'])
})

test('the staff need twelve characters and the same signs', (t) => {
  t.deepEqual(unmetRules('Qw7$rtyuiop', 'staff'), ['length12'])
  t.deepEqual(unmetRules('Qw7$rtyuiopz', 'staff'), [])
})

test('letters of any alphabet count, and a sign outside the plane of letters counts once', (t) => {
  t.deepEqual(unmetRules('Пароль7$', 'client'), [])
  t.deepEqual(unmetRules('Аб7$🙂🙂🙂', 'client'), ['length8'])
})

test('a page can read the same table', (t) => {
  const [length] = passwordRules('client')
  t.true(new RegExp(length?.pattern ?? '', 'u').test('12345678'))
})
