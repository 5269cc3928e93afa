/** The pages of registration over HTTP: steps in order, nothing typed lost, the same answer to everybody. */
import test from 'ava'
import { seedReferenceData } from '../../seeders/reference-data.ts'
import { Agreement } from '../../src/models/agreement.ts'
import { Registration } from '../../src/models/registration.ts'
import { Mail } from '../../src/models/mail.ts'
import { Membership } from '../../src/models/membership.ts'
import { RegistrationLink } from '../../src/models/registration-link.ts'
import { currentAgreement } from '../../src/queries/registrations/offices.ts'
import { isolatedDatabase } from '../_support/database.ts'
import type { CabinetHome } from '../../admin/cabinet-types.ts'
import {
  buildClient,
  buildOffice,
  buildOrganisation,
  buildUser,
  built,
  testNow,
  validInn,
} from '../_support/factories.ts'
import { connectPeer, signedBy } from '../_support/signature-peer.ts'
import { startBackOffice, type Browser } from '../admin/_server.ts'

await isolatedDatabase()
const { browser, signIn } = startBackOffice()
let office = ''
test.before(async () => {
  await seedReferenceData()
  office = String((await buildOffice()).id)
})

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const password = 'Верный#Конь42'

async function toAgreement(visitor: Browser, email: string): Promise<void> {
  await visitor.post('/cabinet/register', form({ country: 'RU', kind: 'applicant', office }))
  await visitor.post(
    '/cabinet/register/for',
    form({ taxId: validInn(), kpp: '770101001', name: 'ООО «Новый клиент»', action: 'next' }),
  )
  await visitor.post(
    '/cabinet/register/person',
    form({ surname: 'Рябов', name: 'Кирилл', email, next: password, again: password }),
  )
}

test('four steps lead to the same page whether the address is known or not', async (t) => {
  const { user } = await buildClient({ organisation: await buildOrganisation() })
  const answers = []
  for (const email of ['somebody@client.example', user.email]) {
    const visitor = browser()
    await toAgreement(visitor, email)
    const { text } = await visitor.get('/cabinet/register/agreement')
    const version = /name="version" value="(?<version>\d+)"/.exec(text)?.groups?.['version'] ?? ''
    const answer = await visitor.post('/cabinet/register/agreement', form({ agreed: '1', version }))
    answers.push([answer.status, answer.text.replaceAll(email, 'ADDRESS')])
  }
  t.is(answers[0]?.[0], 200)
  t.deepEqual(answers[0], answers[1])
  t.is(await Registration.count({ where: { email: 'somebody@client.example' } }), 1)
  t.is(await Registration.count({ where: { email: user.email } }), 0)
})

test('a step opens only after the one before it', async (t) => {
  const visitor = browser()
  for (const path of ['/for', '/person', '/agreement']) {
    const { status, headers } = await visitor.get(`/cabinet/register${path}`)
    t.is(status, 303)
    t.is(headers.get('location'), '/cabinet/register')
  }
})

test('a wrong number is told beside its field and stays as it was typed', async (t) => {
  const visitor = browser()
  await visitor.post('/cabinet/register', form({ country: 'RU', kind: 'applicant', office }))
  const { status, text } = await visitor.post(
    '/cabinet/register/for',
    form({ taxId: '1234567890', name: 'ООО «Клиент»', action: 'next' }),
  )
  t.is(status, 400)
  t.regex(text, /id="taxId-fault"/)
  t.regex(text, /value="1234567890"/)
})

test('a password is kept in no page, session or row', async (t) => {
  const visitor = browser()
  await toAgreement(visitor, 'secret@client.example')
  const { text } = await visitor.get('/cabinet/register/agreement')
  t.false(text.includes(password))
  t.false((await visitor.get('/cabinet/register/person')).text.includes(password))
})

test('without consent there is no registration', async (t) => {
  const visitor = browser()
  await toAgreement(visitor, 'unwilling@client.example')
  const { status } = await visitor.post('/cabinet/register/agreement', form({ version: '1' }))
  t.is(status, 400)
  t.is(await Registration.count({ where: { email: 'unwilling@client.example' } }), 0)
})

test('a link of the office is made without a date: thirty days are usual', async (t) => {
  const staff = await signIn((await buildUser()).email)
  const { status } = await staff.post('/admin/api/resources/registration-links/actions/new', {
    title: 'Без срока',
    expiresAt: null,
  })
  t.is(status, 200)
  const made = await RegistrationLink.findOne({ where: { title: 'Без срока' }, rejectOnEmpty: true })
  t.is(Math.round((made.expiresAt.getTime() - made.createdAt.getTime()) / 86_400_000), 30)
})

test.serial(
  'the certificate of an organisation decides about its newcomer; what nobody can verify waits for the office',
  async (t) => {
    const taxId = validInn()
    const user = await buildUser({ role: 'client', office: null, email: `signer-${taxId}@client.example` })
    const { surname, name, patronymic, email } = user
    const registration = await built(async () =>
      Registration.create({
        officeId: Number(office),
        way: 'self',
        country: 'RU',
        subject: 'organisation',
        taxId,
        kpp: '770101001',
        details: { name: 'ООО «Подпись»' },
        source: 'typed',
        agreementId: (await currentAgreement('ru'))?.id ?? 0,
        agreedAt: testNow,
        confirmedAt: testNow,
        expiresAt: testNow,
        state: 'waiting',
        userId: user.id,
        surname,
        name,
        patronymic,
        email,
      }),
    )
    const visitor = await signIn(email, 'client')
    const path = '/cabinet/desk/profile/signature/registration'
    const mayRead = async () =>
      ((await visitor.get('/cabinet/desk/home')).body as unknown as CabinetHome).standing[0]?.maySign
    const send = async (file: Buffer) => {
      const { text } = await visitor.post(path, file, { 'content-type': 'application/octet-stream' })
      return (JSON.parse(text) as { refusal?: { code: string } }).refusal?.code ?? null
    }
    t.false(await mayRead())
    t.teardown(connectPeer())
    t.true(await mayRead())
    const { text } = await visitor.get(path)
    t.true(text.includes('ООО «Подпись»') && text.includes(taxId), text)
    const signer = { name: [surname, name, patronymic].filter(Boolean).join(' '), organisationTaxId: taxId }
    t.is(
      await send(signedBy({ ...signer, organisationTaxId: validInn() }, text)),
      'signature.other-organisation',
    )
    t.is(await send(signedBy(signer, text, 'unavailable')), 'signature.unavailable')
    await registration.reload()
    t.is(registration.state, 'waiting', 'the office decides')

    t.is(await send(signedBy(signer, text)), null)
    await registration.reload()
    t.like(registration, { state: 'approved', signer: signer.name, signedStatement: text, decidedBy: null })
    const membership = await Membership.findOne({ where: { userId: user.id }, rejectOnEmpty: true })
    t.like(membership, { role: 'head', state: 'active', organisationId: registration.organisationId })
    t.is(await Mail.count({ where: { kind: 'registration-decided', recipient: email } }), 1)
    const staff = await signIn((await buildUser({ office: null, officeId: Number(office) })).email)
    t.is((await staff.get(`/admin/files/registration-signature/${registration.id}`)).status, 200)
  },
)

test('another site cannot register anybody', async (t) => {
  const visitor = browser()
  const { status } = await visitor.post(
    '/cabinet/register',
    form({ country: 'RU', kind: 'applicant', office }),
    {
      'sec-fetch-site': 'cross-site',
    },
  )
  t.is(status, 403)
})

test('a request that was refused is shown as it was told, corrected and sent again', async (t) => {
  const organisation = await buildOrganisation()
  const { user, membership } = await buildClient({ organisation, role: 'employee', state: 'pending' })
  const person = await signIn(user.email, 'client')
  t.is((await person.get('/cabinet/again')).headers.get('location'), '/cabinet', 'nothing was refused yet')
  const now = new Date()
  await built(() => membership.update({ state: 'refused', reason: 'Не работает у нас', decidedAt: now }))
  const agreement = await Agreement.findOne({ rejectOnEmpty: true })
  const taxId = validInn()
  const before = await built(() =>
    Registration.create({
      officeId: Number(office),
      way: 'self',
      email: user.email,
      surname: user.surname,
      name: user.name,
      country: 'RU',
      subject: 'organisation',
      taxId,
      kpp: '770101001',
      details: { name: 'ООО «Первая попытка»' },
      source: 'typed',
      agreementId: agreement.id,
      agreedAt: now,
      expiresAt: now,
      confirmedAt: now,
      userId: user.id,
      state: 'refused',
      decidedAt: now,
      reason: 'Укажите <своё> название',
    }),
  )
  t.regex((await person.get('/cabinet/desk/home')).text, /"mayAskAgain":true/)
  t.regex((await person.get('/cabinet/again')).text, /Укажите &#60;своё&#62; название/)
  t.true((await person.get('/cabinet/again/for')).text.includes(`value="${taxId}"`), 'nothing is told twice')
  const wrong = await person.post('/cabinet/again/for', form({ taxId: '1234567890', name: 'ООО «Клиент»' }))
  t.is(wrong.status, 400)
  t.true(wrong.text.includes('value="1234567890"'))
  const sent = await person.post(
    '/cabinet/again/for',
    form({ taxId, kpp: '770101001', name: 'ООО «Вторая попытка»' }),
  )
  t.is(sent.headers.get('location'), '/cabinet')
  const wishes = await Registration.findAll({ where: { userId: user.id }, order: ['id'] })
  t.deepEqual(
    wishes.map(({ state, details }) => [state, details.name]),
    [
      ['refused', before.details.name],
      ['waiting', 'ООО «Вторая попытка»'],
    ],
  )
  t.is((await person.get('/cabinet/again')).headers.get('location'), '/cabinet', 'one wish waits at a time')
  t.notRegex((await person.get('/cabinet/desk/home')).text, /"mayAskAgain":true/)
})

test('what was typed outlives the switch of languages on every page before the doors, but for a password', async (t) => {
  const visitor = browser()
  await visitor.post('/cabinet/register', form({ country: 'RU', kind: 'applicant', office }))
  const typed = {
    surname: 'Рябова',
    name: 'Анна',
    email: 'typed@client.example',
    next: password,
    again: 'другой',
  }
  const claim = { taxId: '1234567890', legalAddress: 'Псков', headName: 'Рябов К. О.' }
  const pages: [path: string, fields: Record<string, string>, kept: string[]][] = [
    ['/admin/login', { email: 'typed@client.example', password }, ['typed@client.example']],
    ['/cabinet/forgot', { email: 'not an address' }, ['not an address']],
    ['/cabinet/register', { kind: 'subject' }, ['value="subject" required checked']],
    [
      '/cabinet/register/for',
      { ...claim, isEmployee: '1' },
      [...Object.values(claim), 'name="isEmployee" value="1" checked'],
    ],
  ]
  const later: typeof pages = [
    ['/cabinet/register/person', typed, ['Рябова', 'Анна', 'typed@client.example']],
  ]
  const look = async ([path, fields, kept]: (typeof pages)[number]) => {
    const page = (await visitor.get(path)).text
    t.regex(page, /<button class="link" form="typed" formaction="[^"]*\?lang=\w\w" formnovalidate/, path)
    for (const language of ['en', 'ru']) {
      const { status, text } = await visitor.post(`${path}?lang=${language}`, form(fields))
      t.is(status, 200, path)
      t.regex(text, new RegExp(`<html lang="${language}"`), path)
      for (const one of kept) t.true(text.includes(one), `${path} forgot ${one}`)
      t.false(text.includes(password), path)
    }
  }
  for (const page of pages) await look(page)
  await visitor.post(
    '/cabinet/register/for',
    form({ taxId: validInn(), name: 'ООО «Клиент»', action: 'next' }),
  )
  for (const page of later) await look(page)
  await toAgreement(visitor, 'typed@client.example')
  await look(['/cabinet/register/agreement', { agreed: '1', version: '1' }, ['value="1" required checked']])
  t.is(
    await Registration.count({ where: { email: 'typed@client.example' } }),
    0,
    'a switch does nothing else',
  )
})
