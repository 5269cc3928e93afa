/** How strangers come in (S1-03…05, S2-02…08): nobody is told who is registered, and somebody always decides. */
import test from 'ava'
import { expireInvitations as job } from '../../../jobs/expire-invitations.ts'
import { seedReferenceData } from '../../../seeders/reference-data.ts'
import { AccessLink } from '../../../src/models/access-link.ts'
import { Agreement } from '../../../src/models/agreement.ts'
import { Mail } from '../../../src/models/mail.ts'
import { Membership } from '../../../src/models/membership.ts'
import { Organisation } from '../../../src/models/organisation.ts'
import { Registration } from '../../../src/models/registration.ts'
import { User } from '../../../src/models/user.ts'
import { linkAddress } from '../../../src/operations/links/personal-links.ts'
import { confirmRegistration } from '../../../src/operations/registrations/confirm-registration.ts'
import {
  approveRegistration,
  refuseRegistration,
} from '../../../src/operations/registrations/decide-registration.ts'
import { registerAgain } from '../../../src/operations/registrations/register-again.ts'
import {
  copyRegistrationLink,
  makeRegistrationLink,
  revokeRegistrationLink,
} from '../../../src/operations/registrations/registration-links.ts'
import {
  registerByLink,
  registerSelf,
  type SelfRegistration,
} from '../../../src/operations/registrations/request-registration.ts'
import { loadPrincipal } from '../../../src/http/principal.ts'
import { refuseMembership } from '../../../src/operations/memberships/decide-membership.ts'
import { systemContext } from '../../../src/operations/system-context.ts'
import { hashPassword } from '../../../src/passwords.ts'
import type { Actor } from '../../../src/policies/actor.ts'
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
  validInn,
} from '../../_support/factories.ts'

await isolatedDatabase()
test.before(seedReferenceData)

const system = (now = testNow) => systemContext('registration', now)
let count = 0
const newcomer = () => ({
  surname: 'Рябов',
  name: 'Кирилл',
  patronymic: 'Олегович',
  email: `Newcomer-${(count += 1)}@Client.example`,
  language: 'ru' as const,
})

const tokenOf = (link: AccessLink): string => linkAddress(link).split('/l/')[1] ?? ''

async function confirmationOf(email: string): Promise<{ registration: Registration; token: string }> {
  const registration = await Registration.findOne({
    where: { email: email.toLowerCase() },
    order: [['id', 'desc']],
    rejectOnEmpty: true,
  })
  const link = await AccessLink.findOne({
    where: { purpose: 'registration_confirm', subjectId: registration.id },
    order: [['id', 'desc']],
    rejectOnEmpty: true,
  })
  return { registration, token: tokenOf(link) }
}

const lettersTo = async (email: string): Promise<string[]> =>
  (await Mail.findAll({ where: { recipient: email.toLowerCase() }, order: ['id'] })).map(({ kind }) => kind)

async function linked() {
  const office = await buildOffice()
  const operator = actorFor('operator', office)
  const made = await makeRegistrationLink(as(operator), { values: { title: 'Заявители' } })
  const token = (await copyRegistrationLink(as(operator), { linkId: made.id })).split('/l/')[1] ?? ''
  return { office, operator, made, token }
}

async function told(own: Partial<SelfRegistration> = {}): Promise<SelfRegistration> {
  const office = own.officeId ?? (await buildOffice()).id
  const agreement = await Agreement.findOne({ rejectOnEmpty: true })
  return {
    ...newcomer(),
    officeId: office,
    country: 'RU',
    subject: 'organisation',
    isSubjectOfAccreditation: false,
    taxId: validInn(),
    kpp: '770101001',
    details: { name: 'ООО «Новый клиент»' },
    source: 'typed',
    passwordHash: await hashPassword('Верный#Конь42'),
    agreementId: agreement.id,
    address: '127.0.0.1',
    ...own,
  }
}

test('by the link of an office: a letter, a confirmed mailbox, an applicant with a link to a first password', async (t) => {
  const { office, token } = await linked()
  const person = newcomer()
  await registerByLink(system(), { token, ...person })
  t.deepEqual(await lettersTo(person.email), ['registration-confirm'])
  t.is(await User.count({ where: { email: person.email.toLowerCase() } }), 0)
  const confirmation = await confirmationOf(person.email)
  t.is(await confirmRegistration(system(), { token: confirmation.token }), 'password')
  const user = await User.findOne({ where: { email: person.email.toLowerCase() }, rejectOnEmpty: true })
  t.like(user, { state: 'invited', passwordHash: null, role: 'client' })
  t.like(await Membership.findOne({ where: { userId: user.id } }), {
    role: 'applicant',
    state: 'active',
    officeId: office.id,
  })
  t.deepEqual(await lettersTo(person.email), ['registration-confirm', 'password-link'])
  await t.throwsAsync(() => confirmRegistration(system(), { token: confirmation.token }), {
    code: 'link-used',
  })
})

test('a known address gets a letter of its own, once a day, and no second account', async (t) => {
  const { token } = await linked()
  const { user } = await buildClient({ organisation: await buildOrganisation() })
  const person = { ...newcomer(), email: user.email.toUpperCase() }
  for (let times = 0; times < 3; times += 1) await registerByLink(system(), { token, ...person })
  t.deepEqual(await lettersTo(user.email), ['registration-known'])
  t.is(await Registration.count({ where: { email: user.email } }), 0)
})

test('a link of an office opens to many until it is taken back or ends', async (t) => {
  const { operator, made, token } = await linked()
  for (let times = 0; times < 2; times += 1) await registerByLink(system(), { token, ...newcomer() })
  await t.throwsAsync(() => registerByLink(system(later(testNow, { days: 31 })), { token, ...newcomer() }), {
    code: 'link-expired',
  })
  await revokeRegistrationLink(as(operator), { linkId: made.id })
  await t.throwsAsync(() => registerByLink(system(), { token, ...newcomer() }), { code: 'link-revoked' })
})

test('asked twice at once, one registration waits, and its newest letter works', async (t) => {
  const { token } = await linked()
  const person = newcomer()
  await Promise.all([
    registerByLink(system(), { token, ...person }),
    registerByLink(system(), { token, ...person }),
  ])
  t.is(await Registration.count({ where: { email: person.email.toLowerCase() } }), 1)
  await t.notThrowsAsync(async () =>
    confirmRegistration(system(), { token: (await confirmationOf(person.email)).token }),
  )
})

for (const [country, taxId, kpp] of [
  ['RU', '', '770101001'],
  ['KZ', '950440001673', null],
  ['BY', '100325912', null],
] as const)
  test(`a newcomer from ${country} waits for the office, which makes the organisation and tells them`, async (t) => {
    const office = await buildOffice()
    const own = await told({ officeId: office.id, country, kpp, taxId: taxId || validInn() })
    await registerSelf(system(), own)
    const { token, registration } = await confirmationOf(own.email)
    t.is(await confirmRegistration(system(), { token }), 'office')
    t.like(await registration.reload(), { state: 'waiting', passwordHash: null, agreedFrom: '127.0.0.1' })
    const operator = actorOf(await buildUser({ office }))
    await t.throwsAsync(
      () => approveRegistration(as(operator), { registrationId: registration.id, reason: ' ' }),
      {
        code: 'invalid',
      },
    )
    await approveRegistration(as(operator), {
      registrationId: registration.id,
      reason: 'Выписка проверена',
    })
    const organisation = await Organisation.findOne({ where: { taxId: own.taxId }, rejectOnEmpty: true })
    t.like(organisation, { country, officeId: office.id, state: 'draft', name: 'ООО «Новый клиент»' })
    t.like(await Membership.findOne({ where: { organisationId: organisation.id } }), {
      role: 'head',
      state: 'active',
      reason: 'Выписка проверена',
    })
    t.true((await lettersTo(own.email)).includes('registration-decided'))
  })

test('who claims to work at a client with a head waits for that head, not for the office', async (t) => {
  const organisation = await buildOrganisation()
  const { actor: head } = await buildClient({ organisation })
  const own = await told({
    officeId: organisation.officeId,
    subject: 'employee',
    taxId: organisation.taxId ?? '',
    kpp: organisation.kpp,
  })
  await registerSelf(system(), own)
  const { token } = await confirmationOf(own.email)
  t.is(await confirmRegistration(system(), { token }), 'head')
  t.like(await Membership.findOne({ where: { organisationId: head.organisationId, state: 'pending' } }), {
    role: 'employee',
    decidedAt: null,
  })
})

test('a refusal has a reason, and the person is told', async (t) => {
  const office = await buildOffice()
  const own = await told({ officeId: office.id })
  await registerSelf(system(), own)
  const { token, registration } = await confirmationOf(own.email)
  await confirmRegistration(system(), { token })
  const operator = actorFor('operator', office)
  await refuseRegistration(as(operator), { registrationId: registration.id, reason: 'Нет доверенности' })
  t.like(await registration.reload(), { state: 'refused', reason: 'Нет доверенности' })
  t.is(await Membership.count({ where: { userId: registration.userId ?? 0 } }), 0)
  const stranger = actorFor('operator', await buildOffice())
  await t.throwsAsync(
    () => refuseRegistration(as(stranger), { registrationId: registration.id, reason: 'Чужая' }),
    { code: 'forbidden' },
  )
})

/** The account of a newcomer as it is signed in, without any place. */
async function personOf(registration: Registration): Promise<Actor & { id: number }> {
  const { userId } = await registration.reload()
  const user = await User.findByPk(userId ?? 0, { rejectOnEmpty: true })
  const principal = await loadPrincipal('client', { userId: user.id, sessionVersion: user.sessionVersion })
  if (!principal) throw new Error(`${user.email} is not let in`)
  return { ...principal.actor, id: user.id }
}

test('whoever was refused corrects the request and asks again: one at a time, and the history stays', async (t) => {
  const office = await buildOffice()
  const operator = actorOf(await buildUser({ office }))
  const own = await told({ officeId: office.id })
  await registerSelf(system(), own)
  const { token, registration } = await confirmationOf(own.email)
  await confirmRegistration(system(), { token })
  const person = await personOf(registration)
  const { country, subject, isSubjectOfAccreditation, kpp, details, source, taxId } = own
  const wish = {
    officeId: office.id,
    country,
    subject,
    isSubjectOfAccreditation,
    kpp,
    details,
    source,
    taxId,
  }
  const again = (changed: Partial<typeof wish> = {}) => registerAgain(as(person), { ...wish, ...changed })
  await t.throwsAsync(() => again(), { code: 'nothing-refused' }, 'the first is not decided yet')
  await t.throwsAsync(() => registerAgain(as(operator), wish), { code: 'nothing-refused' })
  await refuseRegistration(as(operator), { registrationId: registration.id, reason: 'Не тот ИНН' })

  // Pressed twice at once.
  const correct = validInn()
  const pressed = await Promise.allSettled([again({ taxId: correct }), again({ taxId: correct })])
  t.deepEqual(pressed.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  const wishes = await Registration.findAll({ where: { userId: person.id }, order: ['id'] })
  t.deepEqual(
    wishes.map(({ state, taxId: number, agreementId }) => [state, number, agreementId]),
    [
      ['refused', own.taxId, own.agreementId],
      ['waiting', correct, own.agreementId],
    ],
  )
  await t.throwsAsync(() => again(), { code: 'nothing-refused' })
  await approveRegistration(as(operator), { registrationId: wishes[1]!.id, reason: 'Выписка проверена' })
  t.like(await Membership.findOne({ where: { userId: person.id, state: 'active' } }), { role: 'head' })
  t.is((await lettersTo(own.email)).filter((kind) => kind === 'registration-decided').length, 2)
  await t.throwsAsync(() => again(), { code: 'nothing-refused' }, 'a place is theirs')
})

test('whom a head refused may ask at another client, where nobody knows them', async (t) => {
  const organisation = await buildOrganisation()
  const { actor: head } = await buildClient({ organisation })
  const { taxId, kpp, officeId } = organisation
  const own = await told({ officeId, subject: 'employee', taxId: taxId ?? '', kpp })
  await registerSelf(system(), own)
  const { token, registration } = await confirmationOf(own.email)
  await confirmRegistration(system(), { token })
  const person = await personOf(registration)
  const { country, isSubjectOfAccreditation, details, source } = own
  const claimed = { officeId, country, isSubjectOfAccreditation, details, source, kpp }
  const wish = { ...claimed, taxId: validInn(), subject: 'organisation' as const }
  await t.throwsAsync(() => registerAgain(as(person), wish), { code: 'nothing-refused' })
  const pending = await Membership.findOne({ where: { userId: person.id }, rejectOnEmpty: true })
  await refuseMembership(as(head), { membershipId: pending.id, reason: 'Не работает у нас' })
  t.is(await registerAgain(as(person), wish), 'office')
})

// Serial tests run before the others: the job ends whatever is unconfirmed in this database.
test.serial('what nobody confirmed in three days is forgotten, the person in it too', async (t) => {
  const own = await told()
  await registerSelf(system(), own)
  const { registration, token } = await confirmationOf(own.email)
  const end = later(testNow, { days: 3, seconds: 1 })
  await t.throwsAsync(() => confirmRegistration(system(end), { token }), { code: 'link-expired' })
  await job.run({ now: end, period: null, signal: new AbortController().signal })
  t.like(await registration.reload(), { state: 'expired', email: '', surname: '', passwordHash: null })
})

test('an agreement is never changed', async (t) => {
  const agreement = await Agreement.findOne({ rejectOnEmpty: true })
  await t.throwsAsync(() => agreement.update({ textRu: 'Другое' }))
})
