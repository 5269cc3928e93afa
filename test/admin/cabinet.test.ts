/** The cabinet over HTTP: its own door, its own eyes, and nothing of anybody else. */
import test from 'ava'
import { isolatedDatabase } from '../_support/database.ts'
import {
  buildClient,
  buildDraftInvoice,
  buildIssuedInvoice,
  buildOrganisation,
  buildUser,
  buildVatRates,
  built,
} from '../_support/factories.ts'
import { startBackOffice } from './_server.ts'

await isolatedDatabase()
const { browser, signIn } = startBackOffice()

test.before(buildVatRates)

const list = (resource: string) => `/cabinet/api/resources/${resource}/actions/list`

test('a client sees the invoices of the organisation they act for, and no draft', async (t) => {
  const mine = await buildIssuedInvoice()
  const { user } = await buildClient({ organisation: mine.organisation })
  const draft = await buildDraftInvoice({ office: mine.office, organisation: mine.organisation })
  const foreign = await buildIssuedInvoice({ office: mine.office })
  const visitor = await signIn(user.email, 'client')
  const { body, text } = await visitor.get(list('invoices'))
  t.deepEqual(
    body.records?.map(({ id }) => id),
    [String(mine.invoice.id)],
  )
  for (const hidden of ['cancelReason', 'createdBy', 'officeId', 'seriesNumber'])
    t.false(text.includes(`"${hidden}"`))
  for (const { invoice } of [draft, foreign]) {
    const { body: answer } = await visitor.get(`/cabinet/api/resources/invoices/records/${invoice.id}/show`)
    t.not(answer.record?.id, String(invoice.id))
  }
})

test('a door opens to its own side only', async (t) => {
  const staff = await buildUser({ role: 'administrator' })
  const { user } = await buildClient({ organisation: await buildOrganisation() })
  await t.throwsAsync(() => signIn(staff.email, 'client'), { message: /answered 401/ })
  await t.throwsAsync(() => signIn(user.email, 'staff'), { message: /answered 401/ })
  const visitor = await signIn(user.email, 'client')
  t.is((await visitor.get('/admin')).status, 303)
  t.is((await visitor.get('/cabinet')).status, 200)
  t.is((await browser().get('/cabinet')).status, 303)
})

test('a session of one side is worth nothing at the door of the other, even with its cookie renamed', async (t) => {
  const staff = await buildUser({ role: 'administrator' })
  const visitor = await signIn(staff.email)
  const stolen = visitor.cookie().replace('certdesk.sid=', 'certdesk.cabinet=')
  t.is((await browser().get('/cabinet', { cookie: stolen })).status, 303)
})

test('what a person is at an organisation ends with the next click', async (t) => {
  const sale = await buildIssuedInvoice()
  const { user, membership } = await buildClient({ organisation: sale.organisation })
  const visitor = await signIn(user.email, 'client')
  t.is((await visitor.get(list('invoices'))).body.records?.length, 1)
  await built(() => membership.update({ state: 'blocked' }))
  t.falsy((await visitor.get(list('invoices'))).body.records?.length)
  t.is((await visitor.get('/cabinet')).status, 200)
})

test('a person who waits for a decision holds nothing', async (t) => {
  const sale = await buildIssuedInvoice()
  const { user } = await buildClient({ organisation: sale.organisation, state: 'pending' })
  const visitor = await signIn(user.email, 'client')
  for (const resource of ['invoices', 'invoice-lines', 'documents'])
    t.falsy((await visitor.get(list(resource))).body.records?.length, resource)
  t.deepEqual((await visitor.get('/cabinet/desk/counters')).body as object, { navigation: {} })
})

test('the numbers beside the navigation count what is new to this client', async (t) => {
  const sale = await buildIssuedInvoice()
  const { user } = await buildClient({ organisation: sale.organisation })
  const visitor = await signIn(user.email, 'client')
  const { body } = await visitor.get('/cabinet/desk/counters')
  t.like(body, { navigation: { documents: { count: 0 } } })
})
