/** From the folder of returned letters to the letter, its address and the people who must know. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { importBounces } from '../../jobs/import-bounces.ts'
import { Mail } from '../../src/models/mail.ts'
import { Notification } from '../../src/models/notification.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { postMail } from '../../src/operations/mails/post-mail.ts'
import { acceptMail, beginMail, failMail, prepareMail } from '../../src/operations/mails/send-mail.ts'
import { retryMail } from '../../src/operations/mails/settle-mail.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import {
  actorOf,
  as,
  buildOffice,
  buildOrganisation,
  buildUser,
  built,
  testNow,
} from '../_support/factories.ts'

await isolatedDatabase()
const robot = as(systemActor('test'))
const signal = new AbortController().signal

async function sentMail(recipient: string) {
  const office = await buildOffice()
  const operator = await buildUser({ office })
  const organisation = await buildOrganisation({ office, email: recipient })
  const mail = await built(() =>
    postMail({
      kind: 'invoice-reminder',
      dedupKey: `reminder:${organisation.id}`,
      officeId: office.id,
      organisationId: organisation.id,
      recipient,
      language: 'ru',
      params: { invoiceId: 1, step: 'after_1' },
    }),
  )
  const messageId = `<mail-${mail.id}@certdesk.example>`
  await prepareMail(robot, { mailId: mail.id })
  await beginMail(robot, { mailId: mail.id, subject: 'Счёт', messageId })
  return { mail, operator, organisation, messageId }
}

test(
  'a returned letter is not delivered, its address is known to fail, and it is read once',
  isolated(async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'certdesk-bounces-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    for (const name of ['new', 'cur', 'tmp']) await mkdir(join(folder, name))
    const { mail, operator, organisation, messageId } = await sentMail('buh@polus.example')
    const report = async (name: string, sample: string) => {
      const text = await readFile(new URL(`../mail/_bounces/${sample}.eml`, import.meta.url), 'utf8')
      await writeFile(join(folder, 'new', name), text.replaceAll('<mail-17@certdesk.example>', messageId))
    }
    await report('1', 'postfix')
    t.like(await importBounces(folder, testNow, signal), { early: 1 }, 'still being sent: read again later')
    t.deepEqual(await readdir(join(folder, 'new')), ['1'])

    await acceptMail(robot, { mailId: mail.id, serverReply: '250 ok' })
    await report('2', 'delayed')
    await report('3', 'out-of-office')
    await report('4', 'exchange')
    t.like(await importBounces(folder, testNow, signal), { bounced: 1, other: 2, unknown: 1 })
    t.deepEqual(await readdir(join(folder, 'new')), [])
    t.like(await Mail.findByPk(mail.id), { state: 'failed', failureCode: 'mail.bounced' })
    const client = await Organisation.findByPk(organisation.id, { rejectOnEmpty: true })
    t.deepEqual(client.emailFailingSince, testNow)
    t.regex(client.emailFailingReason ?? '', /User unknown/)
    const told = await Notification.findAll({ where: { kind: 'mail-failed' } })
    t.deepEqual(
      told.map(({ recipientId }) => recipientId),
      [operator.id],
    )

    await report('5', 'postfix')
    t.like(await importBounces(folder, testNow, signal), { known: 1 })
    t.is(await Notification.count({ where: { kind: 'mail-failed' } }), 1)

    await retryMail(as(actorOf(operator)), { mailId: mail.id })
    await client.reload()
    t.is(client.emailFailingSince, null, 'sent once more by a person, the address is trusted again')
  }),
)

test(
  'an address the server refuses at the door is known to fail until it is changed',
  isolated(async (t) => {
    const { mail, organisation } = await sentMail('gone@polus.example')
    await failMail(robot, {
      mailId: mail.id,
      failureCode: 'mail.address-refused',
      failureText: '550 no such user',
    })
    const client = await Organisation.findByPk(organisation.id, { rejectOnEmpty: true })
    t.is(client.emailFailingReason, '550 no such user')
    await built(() => client.update({ email: 'new@polus.example' }))
    await client.reload()
    t.is(client.emailFailingSince, null)
  }),
)
