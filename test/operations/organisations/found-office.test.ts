/** A new installation begins at the console: an office that is its own office, and somebody to run it. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import test from 'ava'
import { isolatedDatabase } from '../../_support/database.ts'
import { programOf } from '../../_support/program.ts'
import { Organisation } from '../../../src/models/organisation.ts'
import { User } from '../../../src/models/user.ts'
import { verifyPassword } from '../../../src/passwords.ts'

await isolatedDatabase()
const run = promisify(execFile)

const program = (...values: string[]) =>
  run(process.execPath, [...programOf('src/found-office.ts'), ...values], { env: { ...process.env } })

const office = [
  '--country',
  'RU',
  '--name',
  'ООО «Центр»',
  '--kpp',
  '781201001',
  '--email',
  'office@centre.example',
]
const person = ['--surname', 'Иванова', '--first-name', 'Анна', '--login', 'anna@centre.example']

test.serial('wrong requisites found nothing', async (t) => {
  await t.throwsAsync(program(...office, '--tax-id', '7812345674', ...person), { message: /inn-checksum/ })
  t.is(await Organisation.count(), 0)
})

test.serial('the administrator signs in with the printed password and must change it', async (t) => {
  const { stdout } = await program(...office, '--tax-id', '7812345675', ...person)
  const founded = await Organisation.findOne({ rejectOnEmpty: true })
  t.is(founded.officeId, founded.id)
  const user = await User.findOne({ rejectOnEmpty: true })
  const password = /signs in with (\S+)/.exec(stdout)?.[1] ?? ''
  t.true(await verifyPassword(user.passwordHash ?? '', password))
  t.like(user, { role: 'administrator', mustChangePassword: true, officeId: founded.id })
})
