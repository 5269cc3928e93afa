/** The demo offices of a first start: made by the same operations the staff use, so that everything in them is true. */
import { addDays, endOfDay, today } from '../src/domain/calendar.ts'
import { AccountingRequestLine } from '../src/models/accounting-request-line.ts'
import { printDocument } from '../jobs/handlers/document-generate.ts'
import { BankAccount } from '../src/models/bank-account.ts'
import { Contract } from '../src/models/contract.ts'
import { Document } from '../src/models/document.ts'
import { Employee } from '../src/models/employee.ts'
import { InvoiceLine } from '../src/models/invoice-line.ts'
import { Organisation } from '../src/models/organisation.ts'
import { Product } from '../src/models/product.ts'
import { Membership } from '../src/models/membership.ts'
import { User } from '../src/models/user.ts'
import { answerRequest, refuseRequest } from '../src/operations/accounting-requests/answer-request.ts'
import { sealAuditTrail } from '../src/operations/audit-chain.ts'
import { requestShipment } from '../src/operations/accounting-requests/request-shipment.ts'
import { acknowledgeRequest, markRequestSent } from '../src/operations/accounting-requests/settle-request.ts'
import { proposeChanges } from '../src/operations/change-requests/propose-changes.ts'
import { generateDocuments } from '../src/operations/documents/generate-documents.ts'
import { publishDocuments } from '../src/operations/documents/publish-documents.ts'
import { finishDocuments } from '../src/operations/documents/settle-documents.ts'
import { submitIdentity } from '../src/operations/identities/submit-identity.ts'
import { cancelInvoice } from '../src/operations/invoices/cancel-invoice.ts'
import { draftInvoice } from '../src/operations/invoices/draft-invoice.ts'
import { issueInvoice } from '../src/operations/invoices/issue-invoice.ts'
import { recordPayment } from '../src/operations/invoices/record-payment.ts'
import { placeOrder } from '../src/operations/orders/place-order.ts'
import { nextId } from '../src/operations/numbering/next-id.ts'
import { operation, type Context } from '../src/operations/operation.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { hashPassword } from '../src/passwords.ts'
import { linkActor, type Actor, type StaffRole } from '../src/policies/actor.ts'
import {
  clients,
  demoPapers,
  offices,
  staff,
  type DemoOffice,
  type DemoOrganisation,
  clientPeople,
} from './demo/people.ts'
import { keepThings } from './demo/keepsakes.ts'
import { demoPassword } from './demo/logins.ts'
import { bringNewcomers } from './demo/newcomers.ts'
import { products, sales, type DemoSale, type Fate } from './demo/sales.ts'
import { writeThreads } from './demo/threads.ts'

type OfficeKey = keyof typeof offices
type Office = {
  seller: Organisation
  operator: Actor
  clients: { organisation: Organisation; contract: Contract }[]
}

/** Fills an empty database with two offices and forty days of their work. @param now the moment everything leads up to */
export async function seedDemoOffice(now = new Date()): Promise<void> {
  const made = new Map<OfficeKey, Office>()
  for (const key of Object.keys(offices) as OfficeKey[])
    made.set(key, await foundOffice(systemContext('demo', now), key))
  await hireAdministration(systemContext('demo', now), undefined)
  await invitePeople(systemContext('demo', now), made)
  for (const sale of [...sales].sort((a, b) => b.daysAgo - a.daysAgo)) {
    const office = made.get(sale.office)
    if (office) await makeSale(office, sale, now)
  }
  await bringToday(made, now)
  await printAndPublish(made, now)
  await wish(made, now)
  const north = made.get('north')
  const [first] = north?.clients ?? []
  if (north && first) {
    await writeThreads(north.operator, first.organisation.id, now)
    await bringNewcomers(north, now)
    await keepThings(north, now)
  }
  // The trail of the demo begins weeks ago; unsealed it would look like one whose seals were cut off.
  await sealAuditTrail()
}

const requisitesOf = (known: DemoOrganisation) => ({
  country: known.country,
  kind: known.kind,
  name: known.name,
  taxId: known.taxId,
  kpp: known.kpp ?? null,
  registrationNumber: known.registrationNumber ?? null,
  legalAddress: known.legalAddress,
  phone: known.phone.replaceAll(/[^+\d]/g, ''),
  email: known.email ?? null,
  headName: known.headName,
  headPosition: known.headPosition,
  headBasis: known.kind === 'entrepreneur' ? null : 'Устава',
  state: 'active' as const,
})

const foundOffice = operation('demo.office', async (context, key: OfficeKey): Promise<Office> => {
  const known: DemoOffice = offices[key]
  const id = await nextId('organisations')
  const seller = await Organisation.create({
    id,
    officeId: id,
    ...requisitesOf(known),
    roles: ['seller', 'certification_body'],
    accountantName: known.accountantName,
    accountingEmail: known.accountingEmail,
    timezone: known.timezone,
  })
  await BankAccount.create({
    ...known.bank,
    correspondentAccount: known.bank.correspondentAccount ?? null,
    officeId: id,
    organisationId: id,
    isMain: true,
  })
  await Product.bulkCreate(
    products[key].map(({ vatCode, vatExemption, ...product }) => ({
      ...product,
      officeId: id,
      vatCode: vatCode ?? null,
      vatExemption: vatExemption ?? null,
    })),
  )
  const own = []
  for (const client of clients[key]) own.push(await addClient(context, { client, seller }))
  return { seller, operator: await hire(context, { key, seller }), clients: own }
})

const addClient = operation(
  'organisation.create',
  async ({ now }, { client, seller }: { client: DemoOrganisation; seller: Organisation }) => {
    const organisation = await Organisation.create({
      ...requisitesOf(client),
      officeId: seller.id,
      timezone: seller.timezone,
    })
    const [surname = '', name = '', patronymic] = client.headName.split(' ')
    await Employee.create({
      officeId: seller.id,
      organisationId: organisation.id,
      surname,
      name,
      patronymic: patronymic ?? null,
      position: client.headPosition,
      isHead: true,
      email: client.email ?? null,
      phone: organisation.phone,
    })
    const signedOn = addDays(today(seller.timezone, now), -320)
    const contract = await Contract.create({
      officeId: seller.id,
      organisationId: organisation.id,
      sellerId: seller.id,
      kind: client.contract.startsWith('КВС') ? 'offer' : 'contract',
      number: client.contract,
      signedOn,
      validTo: client.contract === 'КВС-52' ? addDays(signedOn, 327) : null,
    })
    return { organisation, contract }
  },
)

/** Makes the accounts of one office and returns its operator. */
const hire = operation(
  'user.create',
  async (_context, { key, seller }: { key: OfficeKey; seller: Organisation }) => {
    const people = await addStaff(key, seller.id)
    const operator = people.find((one): one is User & { role: 'operator' } => one.role === 'operator')
    if (!operator) throw new Error(`office ${key} has no operator`)
    return actorOf(operator)
  },
)

const hireAdministration = operation('user.create', async () => {
  await addStaff(null, null)
})

async function addStaff(office: OfficeKey | null, officeId: number | null): Promise<User[]> {
  const passwordHash = await hashPassword(demoPassword)
  const people = staff.filter((person) => person.office === office)
  return User.bulkCreate(
    people.map(({ office: _office, ...person }) => ({ ...person, officeId, passwordHash })),
  )
}

const invitePeople = operation('user.create', async ({ now }, made: ReadonlyMap<OfficeKey, Office>) => {
  const passwordHash = await hashPassword(demoPassword)
  for (const { places, ...person } of clientPeople) {
    const user = await User.create({ ...person, role: 'client', passwordHash, emailConfirmedAt: now })
    for (const place of places) {
      const { office: key, client, role } = place
      const isPending = 'state' in place
      const office = made.get(key)
      if (!office) throw new Error(`there is no demo office ${key}`)
      const organisation = client === null ? null : (office.clients[client]?.organisation ?? null)
      const employee =
        organisation && !isPending && (await employeeFor(organisation, person, role === 'head'))
      await Membership.create({
        userId: user.id,
        officeId: office.seller.id,
        organisationId: organisation?.id ?? null,
        employeeId: employee ? employee.id : null,
        role,
        state: isPending ? 'pending' : 'active',
        decidedBy: isPending ? null : office.operator.id,
        decidedAt: isPending ? null : now,
      })
    }
  }
})

/** What the first client asks for in its cabinet: an order, and another telephone. */
async function wish(made: ReadonlyMap<OfficeKey, Office>, now: Date): Promise<void> {
  const organisation = made.get('north')?.clients[0]?.organisation
  if (!organisation) throw new Error('there is no demo client')
  const actor = await memberOf(organisation, 'head')
  const { officeId } = organisation
  const product = await Product.findOne({ where: { officeId, kind: 'licence' }, order: ['id'] })
  if (product)
    await placeOrder(
      { actor, now },
      { productId: product.id, quantity: '2', comment: 'Для новых рабочих мест' },
    )
  await proposeChanges(
    { actor, now },
    {
      organisationId: organisation.id,
      values: { phone: '+7 812 555-01-77' },
      reason: 'Переехали в другой офис',
    },
  )
  await submitIdentity({ actor: await memberOf(organisation, 'employee'), now }, demoPapers)
}

async function memberOf(organisation: Organisation, role: 'head' | 'employee'): Promise<Actor> {
  const { id: organisationId, officeId } = organisation
  const place = await Membership.findOne({ where: { organisationId, role }, order: ['id'] })
  if (!place) throw new Error(`the first demo client has no ${role}`)
  const { id, name, surname, language, timezone } = await User.findByPk(place.userId, { rejectOnEmpty: true })
  return { kind: 'user', id, name: `${name} ${surname}`, role, officeId, organisationId, language, timezone }
}

type Person = Pick<User, 'surname' | 'name' | 'patronymic' | 'email'>

/** The head is in the card of the client already; others are added to it. */
async function employeeFor(
  { id: organisationId, officeId }: Organisation,
  { surname, name, patronymic, email }: Person,
  isHead: boolean,
): Promise<Employee> {
  const known = await Employee.findOne({ where: { organisationId, surname, name } })
  return known ?? Employee.create({ organisationId, officeId, surname, name, patronymic, email, isHead })
}

const actorOf = (user: User & { role: StaffRole }): Actor => ({
  kind: 'user',
  id: user.id,
  name: `${user.name} ${user.surname}`,
  role: user.role,
  officeId: user.officeId,
  organisationId: null,
  language: user.language,
  timezone: user.timezone,
})

/** The road of a sale; a fate is how far along it one goes. */
const road: readonly Fate[] = [
  'draft',
  'issued',
  'paid',
  'requested',
  'answered',
  'shipped',
  'acted',
  'published',
]
const turnOff: Partial<Record<Fate, Fate>> = {
  overdue: 'issued',
  cancelled: 'issued',
  part_paid: 'issued',
  late: 'requested',
  refused: 'requested',
}

async function makeSale(office: Office, sale: DemoSale, now: Date): Promise<void> {
  const client = office.clients[sale.client]
  if (!client) throw new Error(`the demo office has no client ${sale.client}`)
  const day = addDays(today(office.seller.timezone, now), -sale.daysAgo)
  const at =
    sale.daysAgo === 0 ? now : new Date(endOfDay(day, office.seller.timezone).getTime() - 9 * 3_600_000)
  const context: Context = { actor: office.operator, now: at }
  const reached = (fate: Fate) => road.indexOf(turnOff[sale.fate] ?? sale.fate) >= road.indexOf(fate)

  const priced = await Product.findAll({ where: { officeId: office.seller.id } })
  const invoice = await draftInvoice(context, {
    organisationId: client.organisation.id,
    contractId: client.contract.id,
    portalOrderNumber: sale.order ?? null,
    lines: sale.lines.map(([code, quantity]) => ({
      productId: priced.find((product) => product.code === code)?.id ?? 0,
      quantity,
      ...termOf(
        priced.find((product) => product.code === code),
        day,
      ),
    })),
  })
  if (!reached('issued')) return
  await issueInvoice(context, { invoiceId: invoice.id })
  if (sale.fate === 'cancelled')
    await cancelInvoice(context, { invoiceId: invoice.id, reason: 'Клиент передумал до оплаты' })
  if (sale.fate === 'part_paid')
    await recordPayment(context, { invoiceId: invoice.id, amountMinor: 300_000, number: '88' })
  if (!reached('paid')) return
  await recordPayment(context, { invoiceId: invoice.id, number: String(500 + invoice.id) })
  if (!reached('requested') || sale.daysAgo < 8) return
  await ship(office, invoice.id, sale.fate, at)
}

/** The papers of the demo are real ones: printed, and those of the oldest sales handed to the clients. */
async function printAndPublish(made: ReadonlyMap<OfficeKey, Office>, now: Date): Promise<void> {
  const printed = []
  for (const document of await Document.findAll({ where: { state: 'generating' }, order: ['id'] }))
    printed.push(await printDocument(document))
  await finishDocuments(systemContext('document.generate', now), { printed })

  for (const sale of sales.filter(({ fate }) => fate === 'published')) {
    const office = made.get(sale.office)
    const lines = await InvoiceLine.findAll({ where: { portalOrderNumber: sale.order ?? '' } })
    if (office)
      await publishDocuments({ actor: office.operator, now }, { lineIds: lines.map(({ id }) => id) })
  }
}

const termOf = (product: Product | undefined, day: string) =>
  product?.termMonths ? { validFrom: day, validTo: addDays(day, product.termMonths * 30) } : {}

/** When the newest sales were sent to accounting; what still waits was sent just now. */
function shippedAt({ fate, daysAgo }: DemoSale, { seller }: Office, now: Date): Date {
  if (fate === 'requested' || fate === 'late' || daysAgo < 2) return now
  if (fate === 'answered' || fate === 'refused') return new Date(now.getTime() - daysAgo * 24 * 60_000)
  const day = addDays(today(seller.timezone, now), 1 - daysAgo)
  return new Date(endOfDay(day, seller.timezone).getTime() - 9 * 3_600_000)
}

/** The newest requests come last: their series of numbers must not run ahead of older ones. */
async function bringToday(made: ReadonlyMap<OfficeKey, Office>, now: Date): Promise<void> {
  const due = sales.flatMap((sale) => {
    const office = made.get(sale.office)
    const isDue =
      sale.daysAgo < 8 && road.indexOf(turnOff[sale.fate] ?? sale.fate) >= road.indexOf('requested')
    return office && isDue ? [{ sale, office, at: shippedAt(sale, office, now) }] : []
  })
  for (const { sale, office, at } of due.sort((one, other) => one.at.getTime() - other.at.getTime())) {
    const line = await InvoiceLine.findOne({ where: { portalOrderNumber: sale.order ?? '' } })
    if (line) await ship(office, line.invoiceId, sale.fate, at)
  }
}

async function ship(office: Office, invoiceId: number, fate: Fate, at: Date): Promise<void> {
  const { operator, seller } = office
  const context: Context = { actor: operator, now: at }
  const lines = await InvoiceLine.findAll({ where: { invoiceId } })
  const lineIds = lines.map(({ id }) => id)
  const { requests } = await requestShipment(context, { lineIds })
  const [request] = requests
  if (!request || fate === 'requested') return

  const sentAt = fate === 'late' ? new Date(at.getTime() - 2 * 3_600_000) : at
  await markRequestSent(systemContext('accounting.send', sentAt), {
    requestId: request.id,
    sentTo: seller.accountingEmail ?? '',
  })
  if (fate === 'late') return
  // The accountant takes a few minutes, each time other ones.
  const answeredAt = new Date(at.getTime() + (3 + ((request.id * 5) % 11)) * 60_000)
  const accountant: Context = { actor: linkActor('Лапина Ирина', seller.id), now: answeredAt }
  if (fate === 'refused') {
    await refuseRequest(accountant, { requestId: request.id, reason: 'Неверный КПП покупателя', via: 'link' })
    return
  }
  const places = await AccountingRequestLine.findAll({ where: { requestId: request.id } })
  await answerRequest(accountant, {
    requestId: request.id,
    via: 'link',
    externalNumber: `1С-${1400 + request.id}`,
    lines: places.map(({ lineId }) => ({
      lineId,
      taxDocumentKind: 'upd',
      taxDocumentNumber: String(770 + request.id),
      taxDocumentOn: request.shipmentOn,
    })),
  })
  if (fate === 'answered') return
  const after: Context = { actor: operator, now: answeredAt }
  await acknowledgeRequest(after, { requestId: request.id })
  if (fate === 'shipped') return
  await generateDocuments(after, { lineIds, kinds: ['act', 'licence'] })
}
