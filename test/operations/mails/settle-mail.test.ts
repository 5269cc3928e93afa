/** What people may do about letters in trouble, and what happens with their messages. */
import { QueryTypes } from 'sequelize'
import test from 'ava'
import { sequelize } from '../../../src/db/sequelize.ts'
import { Mail } from '../../../src/models/mail.ts'
import type { Organisation } from '../../../src/models/organisation.ts'
import { postMail } from '../../../src/operations/mails/post-mail.ts'
import {
  acceptMail,
  beginMail,
  doubtMail,
  failMail,
  postponeMail,
  prepareMail,
} from '../../../src/operations/mails/send-mail.ts'
import { retryMail, settleNotSent, settleSent } from '../../../src/operations/mails/settle-mail.ts'
import { systemActor } from '../../../src/policies/actor.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  as,
  buildOffice,
  buildOrganisation,
  buildUser,
  built,
  testNow,
} from '../../_support/factories.ts'

await isolatedDatabase()

const robot = as(systemActor('test'))
const failure = { failureCode: 'mail.server-away', failureText: 'refused' }

async function buildMail(
  recipient: string | null = 'old@polus.example',
  kind = 'invoice-reminder',
  params: Record<string, unknown> = { invoiceId: 1, step: 'after_1' },
): Promise<{
  mail: Mail
  organisation: Organisation
  office: Organisation
}> {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const mail = await built(() =>
    postMail({
      kind,
      dedupKey: `reminder:${organisation.id}`,
      officeId: office.id,
      organisationId: organisation.id,
      recipient,
      language: 'ru',
      params,
    }),
  )
  return { mail, organisation, office }
}

const messagesOf = (mail: Mail) =>
  sequelize.query<{ key: string; state: string }>(
    `select dedup_key as key, state from outbox where topic = 'mail.send' and payload->>'mailId' = $1 order by id`,
    { type: QueryTypes.SELECT, bind: [String(mail.id)] },
  )

const begin = (mail: Mail) =>
  beginMail(robot, { mailId: mail.id, subject: 'Счёт', messageId: `<mail-${mail.id}@certdesk.example>` })

test(
  'one cause and reader is one letter and one message',
  isolated(async (t) => {
    const { mail, organisation, office } = await buildMail()
    const again = await built(() =>
      postMail({
        kind: 'invoice-reminder',
        dedupKey: `reminder:${organisation.id}`,
        officeId: office.id,
        organisationId: organisation.id,
        recipient: 'other@polus.example',
        language: 'ru',
        params: {},
      }),
    )
    t.is(again.id, mail.id)
    t.deepEqual(await messagesOf(mail), [{ key: `mail-${mail.id}`, state: 'new' }])
  }),
)

test(
  'a letter to one person is repeated to that person, never to the mailbox of the organisation',
  isolated(async (t) => {
    const invited = await buildMail('new@polus.example', 'invitation', { invitationId: 1 })
    await failMail(robot, { mailId: invited.mail.id, ...failure })
    const retried = await retryMail(as(actorFor('operator', invited.office)), { mailId: invited.mail.id })
    t.is(retried.recipient, 'new@polus.example')

    const reader = await buildUser()
    const told = await buildMail(null, 'notification', { userId: reader.id })
    const again = await retryMail(as(actorFor('operator', told.office)), { mailId: told.mail.id })
    t.is(again.recipient, reader.email)
  }),
)

test(
  'a letter is begun once and accepted once',
  isolated(async (t) => {
    const { mail } = await buildMail()
    t.true(await begin(mail))
    t.false(await begin(mail))
    await acceptMail(robot, { mailId: mail.id, serverReply: '250 ok' })
    await mail.reload()
    t.is(mail.state, 'sent')
    t.deepEqual(mail.sentAt, testNow)
    await t.throwsAsync(acceptMail(robot, { mailId: mail.id, serverReply: '250 ok' }), {
      message: 'state-refuses',
    })
  }),
)

test(
  'a letter found half-way at the next try is of unknown fate',
  isolated(async (t) => {
    const { mail } = await buildMail()
    await begin(mail)
    t.is(await prepareMail(robot, { mailId: mail.id }), null)
    t.is((await mail.reload()).state, 'uncertain')
  }),
)

test(
  'only the system moves a letter on its way',
  isolated(async (t) => {
    const { mail, office } = await buildMail()
    const operator = as(actorFor('administrator', office))
    await t.throwsAsync(acceptMail(operator, { mailId: mail.id, serverReply: '' }), { message: 'forbidden' })
    await t.throwsAsync(failMail(operator, { mailId: mail.id, ...failure }), { message: 'forbidden' })
  }),
)

test(
  'a doubtful letter is settled by its own office, as sent or as not sent',
  isolated(async (t) => {
    const { mail, office } = await buildMail()
    await begin(mail)
    await doubtMail(robot, { mailId: mail.id, ...failure })
    await t.throwsAsync(settleSent(as(actorFor('accountant', office)), { mailId: mail.id }), {
      message: 'forbidden',
    })
    const stranger = actorFor('operator', await buildOffice())
    await t.throwsAsync(settleSent(as(stranger), { mailId: mail.id }), { message: 'forbidden' })

    const operator = actorFor('operator', office)
    await settleSent(as(operator), { mailId: mail.id })
    await mail.reload()
    t.is(mail.state, 'sent')
    t.is(mail.settledBy, operator.id)
    await t.throwsAsync(settleNotSent(as(operator), { mailId: mail.id }), { message: 'forbidden' })
  }),
)

test(
  'a letter settled as not sent gets a message of its own',
  isolated(async (t) => {
    const { mail, office } = await buildMail()
    await begin(mail)
    await sequelize.query(`update outbox set state = 'uncertain' where payload->>'mailId' = $1`, {
      bind: [String(mail.id)],
    })
    await doubtMail(robot, { mailId: mail.id, ...failure })
    await settleNotSent(as(actorFor('operator', office)), { mailId: mail.id })
    t.is((await mail.reload()).state, 'waiting')
    t.deepEqual(
      (await messagesOf(mail)).map(({ state }) => state),
      ['done', 'new'],
    )
  }),
)

test(
  'a worker lost between two tries leaves nothing in doubt',
  isolated(async (t) => {
    const { mail } = await buildMail()
    await begin(mail)
    await postponeMail(robot, { mailId: mail.id, nextTryAt: testNow, ...failure })
    await doubtMail(robot, { mailId: mail.id, ...failure })
    t.is((await mail.reload()).state, 'waiting')
    t.is((await messagesOf(mail)).length, 2)
  }),
)

test(
  'a repeated letter goes to the address the reader has now',
  isolated(async (t) => {
    const { mail, organisation, office } = await buildMail()
    await begin(mail)
    await failMail(robot, { mailId: mail.id, failureCode: 'mail.address-refused', failureText: '550' })
    await built(() => organisation.update({ email: 'new@polus.example' }))
    await retryMail(as(actorFor('operator', office)), { mailId: mail.id })
    await mail.reload()
    t.is(mail.state, 'waiting')
    t.is(mail.recipient, 'new@polus.example')
    t.is(mail.failureCode, null)
  }),
)

test(
  'without an address there is a row and no message',
  isolated(async (t) => {
    const { mail } = await buildMail(null)
    t.is(mail.state, 'no_address')
    t.deepEqual(await messagesOf(mail), [])
    t.is(await prepareMail(robot, { mailId: mail.id }), null)
  }),
)
