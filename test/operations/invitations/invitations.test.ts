/** Invitations (S4-07, S4-08, H1): one use, sixty days to the second, one reminder, and a newer link ends the older. */
import test from 'ava'
import { expireInvitations as job } from '../../../jobs/expire-invitations.ts'
import { AccessLink } from '../../../src/models/access-link.ts'
import { Employee } from '../../../src/models/employee.ts'
import { Invitation } from '../../../src/models/invitation.ts'
import { Mail } from '../../../src/models/mail.ts'
import { Membership } from '../../../src/models/membership.ts'
import { User } from '../../../src/models/user.ts'
import { acceptInvitation } from '../../../src/operations/invitations/accept-invitation.ts'
import {
  invitePerson,
  resendInvitation,
  revokeInvitation,
} from '../../../src/operations/invitations/invite-person.ts'
import { linkAddress } from '../../../src/operations/links/personal-links.ts'
import { linkActor, type Actor } from '../../../src/policies/actor.ts'
import { later } from '../../_support/clock.ts'
import { isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  actorOf,
  as,
  buildClient,
  buildOffice,
  buildOrganisation,
  buildUser,
  testNow,
} from '../../_support/factories.ts'

await isolatedDatabase()

const after = (days: number, seconds = 0) => later(testNow, { days, seconds })
const password = 'Верный#Конь42'

async function linkOf(invitation: Invitation): Promise<string> {
  const link = await AccessLink.findOne({
    where: { purpose: 'invitation', subjectId: invitation.id },
    order: [['id', 'desc']],
    rejectOnEmpty: true,
  })
  return linkAddress(link).split('/l/')[1] ?? ''
}

const accept = (invitation: Invitation, token: string, now = testNow) =>
  acceptInvitation({ actor: linkActor(invitation.email, invitation.officeId), now }, { token, password })

let count = 0
async function invited(): Promise<{ head: Actor; invitation: Invitation; token: string }> {
  const organisation = await buildOrganisation()
  const { actor: head } = await buildClient({ organisation })
  const invitation = await invitePerson(as(head), {
    values: { email: `N.Ershova-${(count += 1)}@Client.example`, surname: 'Ершова', name: 'Нина' },
  })
  return { head, invitation, token: await linkOf(invitation) }
}

const tick = (now: Date) => job.run({ now, period: null, signal: new AbortController().signal })

const lettersOf = (invitation: Invitation) =>
  Mail.count({ where: { kind: 'invitation', organisationId: invitation.organisationId } })

test('an invitation is one letter, opens one account at one place, and works once', async (t) => {
  const { invitation, token } = await invited()
  t.is(await lettersOf(invitation), 1)
  const { user, isNew } = await accept(invitation, token)
  t.true(isNew)
  t.like(user, { role: 'client', state: 'active', email: invitation.email })
  const membership = await Membership.findOne({ where: { userId: user.id }, rejectOnEmpty: true })
  t.like(membership, { role: 'employee', state: 'active', organisationId: invitation.organisationId })
  t.like(await Employee.findByPk(membership.employeeId ?? 0), { surname: 'Ершова', email: invitation.email })
  await t.throwsAsync(() => accept(invitation, token), { code: 'link-used' })
  t.is(await User.count({ where: { email: invitation.email } }), 1)
})

test('two presses at once open one account', async (t) => {
  const { invitation, token } = await invited()
  const ends = await Promise.allSettled([accept(invitation, token), accept(invitation, token)])
  t.deepEqual(ends.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  t.is(await Membership.count({ where: { organisationId: invitation.organisationId, role: 'employee' } }), 1)
})

test('it lasts sixty days to the second', async (t) => {
  const [first, second] = [await invited(), await invited()]
  await t.notThrowsAsync(() => accept(first.invitation, first.token, after(60, -1)))
  await t.throwsAsync(() => accept(second.invitation, second.token, after(60, 1)), { code: 'link-expired' })
})

test('one reminder goes out a week before the end, with the same link, however often the job runs', async (t) => {
  const { invitation, token } = await invited()
  await tick(after(52))
  t.is(await lettersOf(invitation), 1)
  await Promise.all([tick(after(53, 60)), tick(after(53, 60))])
  await tick(after(54))
  t.is(await lettersOf(invitation), 2)
  t.is(await linkOf(invitation), token)
  await tick(after(60))
  t.is((await invitation.reload()).state, 'expired')
})

test('a letter sent again ends the link of the one before and lasts another sixty days', async (t) => {
  const { head, invitation, token } = await invited()
  await resendInvitation(as(head, after(10)), { invitationId: invitation.id })
  await t.throwsAsync(() => accept(invitation, token, after(10)), { code: 'link-revoked' })
  await t.notThrowsAsync(async () => accept(invitation, await linkOf(invitation), after(69)))
})

test('what was taken back opens nothing', async (t) => {
  const { head, invitation, token } = await invited()
  await revokeInvitation(as(head), { invitationId: invitation.id })
  await t.throwsAsync(() => accept(invitation, token), { code: 'link-revoked' })
})

test('an account there is gets the place and keeps its password', async (t) => {
  const { head } = await invited()
  const { user } = await buildClient({ organisation: await buildOrganisation() })
  const { passwordHash } = user
  const invitation = await invitePerson(as(head), {
    values: { email: user.email.toUpperCase(), surname: 'Ким', name: 'Марина' },
  })
  const { isNew } = await accept(invitation, await linkOf(invitation))
  t.false(isNew)
  t.is((await user.reload()).passwordHash, passwordHash)
  t.is(await Membership.count({ where: { userId: user.id, state: 'active' } }), 2)
})

test('a colleague of the office does not become a client by a letter', async (t) => {
  const { head } = await invited()
  const colleague = await buildUser()
  const invitation = await invitePerson(as(head), {
    values: { email: colleague.email, surname: 'Ким', name: 'Марина' },
  })
  const token = await linkOf(invitation)
  await t.throwsAsync(() => accept(invitation, token), { code: 'link-revoked' })
})

test('a head invites to the own organisation only, an employee to none', async (t) => {
  const { head } = await invited()
  const foreign = await buildOrganisation()
  const invitation = await invitePerson(as(head), {
    values: {
      email: 'x@client.example',
      surname: 'Икс',
      name: 'Имя',
      organisationId: foreign.id,
      officeId: foreign.officeId,
    },
  })
  t.is(invitation.organisationId, head.organisationId)
  const { actor: employee } = await buildClient({ organisation: foreign, role: 'employee' })
  const values = { email: 'y@client.example', surname: 'Игрек', name: 'Имя' }
  await t.throwsAsync(() => invitePerson(as(employee), { values }), { code: 'forbidden' })
  const operator = actorFor('operator', await buildOffice())
  await t.throwsAsync(
    () =>
      invitePerson(as(operator), {
        values: { ...values, organisationId: foreign.id, officeId: foreign.officeId },
      }),
    { code: 'forbidden' },
  )
})

test('an applicant is invited to the office itself', async (t) => {
  const office = await buildOffice()
  const invitation = await invitePerson(as(actorOf(await buildUser({ office }))), {
    values: { email: 'applicant@client.example', surname: 'Рябов', name: 'Кирилл', role: 'head' },
  })
  const { user } = await accept(invitation, await linkOf(invitation))
  t.like(await Membership.findOne({ where: { userId: user.id } }), {
    role: 'applicant',
    organisationId: null,
    officeId: office.id,
  })
})

test('the same address is invited once, and a member not at all', async (t) => {
  const { head, invitation, token } = await invited()
  const values = { email: invitation.email, surname: 'Ершова', name: 'Нина' }
  const twice = await t.throwsAsync(() => invitePerson(as(head), { values }), { code: 'invalid' })
  t.like(twice, { fields: { email: { code: 'already-invited' } } })
  await accept(invitation, token)
  const member = await t.throwsAsync(() => invitePerson(as(head), { values }), { code: 'invalid' })
  t.like(member, { fields: { email: { code: 'already-member' } } })
})
