import test from 'ava'
import { Product } from '../../src/models/product.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { buildOffice, buildOrganisation, buildPaidInvoice, buildUser } from '../_support/factories.ts'
import { startBackOffice } from './_server.ts'

await isolatedDatabase()
const { signIn } = startBackOffice()

const api = '/admin/api/resources'
const product = {
  code: 'В-1',
  name: 'Выезд эксперта',
  kind: 'service',
  unit: 'шт',
  unitCode: '796',
  priceMinor: 100_000,
  currency: 'RUB',
  vatCode: 'standard',
  isActive: true,
}

test('an administrator says which office a new record is for, and a client is no office', async (t) => {
  const office = await buildOffice()
  const client = await buildOrganisation({ office })
  const { email } = await buildUser({ role: 'administrator' })
  const administrator = await signIn(email)
  const make = (values: object) => administrator.post(`${api}/products/actions/new`, values)
  for (const officeId of [undefined, client.id]) {
    const { body } = await make({ ...product, ...(officeId && { officeId }) })
    t.is(body.record?.errors['officeId']?.message, 'errors.office-required')
  }
  const { body } = await make({ ...product, officeId: office.id })
  const made = await Product.findByPk(Number(body.record?.id), { rejectOnEmpty: true })
  t.is(made.officeId, office.id)
  const found = await administrator.get(`${api}/organisations/actions/search?filters.isOffice=true`)
  const ids = (found.body.records ?? []).map(({ id }) => id)
  t.true(ids.includes(String(office.id)))
  t.false(ids.includes(String(client.id)))
})

test('an operator cannot put a record into another office', async (t) => {
  const [own, other] = [await buildOffice(), await buildOffice()]
  const { email } = await buildUser({ office: own, role: 'operator' })
  const operator = await signIn(email)
  const { body } = await operator.post(`${api}/organisations/actions/new`, {
    officeId: other.id,
    name: 'ООО «Новая»',
    country: 'RU',
    kind: 'legal',
  })
  t.is(body.record?.params['officeId'], own.id)
})

test('a list of services is narrowed by where they stand, and each row tells it', async (t) => {
  const { office, lines } = await buildPaidInvoice()
  const { email } = await buildUser({ office, role: 'operator' })
  const operator = await signIn(email)
  const list = (standing: string) =>
    operator.get(`${api}/invoice-lines/actions/list?filters.standing=${standing}`)
  const paid = await list('paid')
  t.is(paid.body.records?.length, lines.length)
  t.is(paid.body.records?.[0]?.params['standing'], 'paid')
  t.deepEqual((await list('refused,unanswered')).body.records, [])
  t.is((await list('elsewhere')).body.notice?.message, 'errors.bad-filter')
})
