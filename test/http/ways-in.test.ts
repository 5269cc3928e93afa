/** The pages of registration over HTTP: steps in order, nothing typed lost, the same answer to everybody. */
import test from 'ava'
import { seedReferenceData } from '../../seeders/reference-data.ts'
import { Registration } from '../../src/models/registration.ts'
import { RegistrationLink } from '../../src/models/registration-link.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { buildClient, buildOffice, buildOrganisation, buildUser, validInn } from '../_support/factories.ts'
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
