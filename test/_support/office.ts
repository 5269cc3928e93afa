/** The smallest office a test needs: a seller that can be paid, a product, an operator and an accountant. */
import { addDays, today } from '../../src/domain/calendar.ts'
import { BankAccount } from '../../src/models/bank-account.ts'
import { Contract } from '../../src/models/contract.ts'
import { Invoice } from '../../src/models/invoice.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { Product } from '../../src/models/product.ts'
import { User } from '../../src/models/user.ts'
import { draftInvoice } from '../../src/operations/invoices/draft-invoice.ts'
import { issueInvoice } from '../../src/operations/invoices/issue-invoice.ts'
import { recordPayment } from '../../src/operations/invoices/record-payment.ts'
import { operation, type Context } from '../../src/operations/operation.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { seedReferenceData } from '../../seeders/reference-data.ts'

let offices = 0

export type TestOffice = Awaited<ReturnType<typeof seedOffice>>

/** Each call founds another office, foreign to the ones before it. */
export const seedOffice = async () => {
  await seedReferenceData()
  return found(systemContext('test'), {})
}

const found = operation('test.office', async (_context, _input: object) => {
  offices += 1
  const [rows] = await Organisation.sequelize!.query(
    "select nextval(pg_get_serial_sequence('organisations', 'id')) as id",
  )
  const id = Number((rows as { id: number }[])[0]?.id)
  const seller = await Organisation.create({
    id,
    officeId: id,
    country: 'RU',
    kind: 'legal',
    name: `ООО «Продавец ${offices}»`,
    taxId: '7812345675',
    kpp: `78120100${offices % 10}`,
    registrationNumber: '1057812345678',
    roles: ['seller'],
    state: 'active',
    accountingEmail: `buh${offices}@seller.example`,
    headName: 'Громова Елена Викторовна',
  })
  await BankAccount.create({
    officeId: id,
    organisationId: id,
    bic: '044525225',
    bankName: 'ПАО Сбербанк',
    correspondentAccount: '30101810400000000225',
    account: '40702810200000012345',
    isMain: true,
  })
  const client = await Organisation.create({
    officeId: id,
    country: 'RU',
    kind: 'legal',
    name: `ООО «Клиент ${offices}»`,
    taxId: '7801234564',
    kpp: '780101001',
    email: `client${offices}@client.example`,
    headName: 'Орлов Павел Ильич',
    state: 'active',
  })
  const contract = await Contract.create({
    officeId: id,
    organisationId: client.id,
    sellerId: id,
    number: `Д-${offices}`,
    signedOn: '2026-01-01',
  })
  const shared = { officeId: id, currency: 'RUB' as const }
  const product = await Product.create({
    ...shared,
    code: 'ЭП-12',
    name: 'Сертификат ЭП, 12 мес.',
    kind: 'service',
    priceMinor: 450_000,
    vatCode: 'standard',
  })
  const licence = await Product.create({
    ...shared,
    code: 'ЛИЦ',
    name: 'Лицензия, 1 рабочее место',
    kind: 'licence',
    priceMinor: 104_500,
    vatExemption: 'пп. 26 п. 2 ст. 149 НК РФ',
    licenceText: 'Неисключительное право использования на одном рабочем месте.',
    seats: 1,
  })
  return {
    seller,
    client,
    contract,
    product,
    licence,
    operator: await hire('operator', id),
    accountant: await hire('accountant', id),
    administrator: await hire('administrator', null),
  }
})

async function hire(role: User['role'], officeId: number | null): Promise<Actor> {
  const user = await User.create({
    officeId,
    role,
    email: `${role}-${offices}@staff.example`,
    passwordHash: 'no password opens this account',
    surname: 'Иванова',
    name: role,
  })
  return {
    kind: 'user',
    id: user.id,
    name: `Иванова ${role}`,
    role,
    officeId,
    language: 'ru',
    timezone: 'Europe/Moscow',
  }
}

/** The context of somebody of the staff. */
export const as = (actor: Actor, now = new Date()): Context => ({ actor, now })

/** An issued and paid invoice: one service and one licence, ready to ship. */
export async function paidInvoice(
  office: TestOffice,
  now = new Date(),
): Promise<{ invoice: Invoice; lineIds: number[] }> {
  const context = as(office.operator, now)
  const draft = await draftInvoice(context, {
    organisationId: office.client.id,
    contractId: office.contract.id,
    dueOn: addDays(today('Europe/Moscow', now), 5),
    lines: [
      { productId: office.product.id, quantity: '1' },
      { productId: office.licence.id, quantity: '2' },
    ],
  })
  await issueInvoice(context, { invoiceId: draft.id })
  const invoice = await recordPayment(context, { invoiceId: draft.id, number: '77' })
  const lines = await InvoiceLine.findAll({ where: { invoiceId: invoice.id }, order: ['id'] })
  return { invoice, lineIds: lines.map(({ id }) => id) }
}
