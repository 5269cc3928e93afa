/** Records for tests: each factory makes its own parents, through the operations of the product where there are any. */
import type { CreationAttributes, Model } from 'sequelize'
import { sequelize } from '../../src/db/sequelize.ts'
import type { TypedIdentity } from '../../src/domain/identity.ts'
import { AccountingRequestLine } from '../../src/models/accounting-request-line.ts'
import { BankAccount } from '../../src/models/bank-account.ts'
import { Contract } from '../../src/models/contract.ts'
import { Document } from '../../src/models/document.ts'
import { Employee } from '../../src/models/employee.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import type { Identity } from '../../src/models/identity.ts'
import type { Invoice } from '../../src/models/invoice.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { Product } from '../../src/models/product.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { Membership } from '../../src/models/membership.ts'
import { User } from '../../src/models/user.ts'
import { answerRequest } from '../../src/operations/accounting-requests/answer-request.ts'
import { requestShipment } from '../../src/operations/accounting-requests/request-shipment.ts'
import { markRequestSent } from '../../src/operations/accounting-requests/settle-request.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { finishDocuments } from '../../src/operations/documents/settle-documents.ts'
import { passIdentity } from '../../src/operations/identities/decide-identity.ts'
import { submitIdentity } from '../../src/operations/identities/submit-identity.ts'
import { draftInvoice, type DraftLine } from '../../src/operations/invoices/draft-invoice.ts'
import { issueInvoice } from '../../src/operations/invoices/issue-invoice.ts'
import { recordPayment } from '../../src/operations/invoices/record-payment.ts'
import { operation, type Context } from '../../src/operations/operation.ts'
import { hashPassword } from '../../src/passwords.ts'
import { systemActor, type Actor, type Role, type StaffRole } from '../../src/policies/actor.ts'
import { moscow } from './clock.ts'

/** The moment at which factories act unless told otherwise. */
export const testNow = moscow('2026-11-23 10:00')

let last = 0
const next = (): number => (last += 1)

/** Runs `work` under the trail of an operation: kept records refuse to be written without one. */
export const built = <T>(work: () => Promise<T>): Promise<T> =>
  operation<null, T>('test.build', work)({ actor: systemActor('test'), now: testNow }, null)

/** The context of an operation: `as(operator)`. */
export const as = (actor: Actor, now: Date = testNow): Context => ({ actor, now })

/** Somebody of this role without an account; `office` null sees all offices, as administrators do. */
export const actorFor = (role: Role, office: Organisation | null): Actor => ({
  kind: role === 'system' ? 'system' : role === 'link' ? 'link' : 'user',
  id: role === 'system' || role === 'link' ? null : 900_000 + next(),
  name:
    {
      administrator: 'Анна Белова',
      operator: 'Марина Ким',
      accountant: 'Ольга Титова',
      support: 'Пётр Зуев',
    }[role as 'operator'] ?? 'система',
  role,
  officeId: office?.id ?? null,
  organisationId: null,
  language: 'ru',
  timezone: 'Europe/Moscow',
})

function staffRoleOf({ role }: User): StaffRole {
  if (role === 'client') throw new Error('a client acts by a membership: use memberOf')
  return role
}

/** The actor a stored account of a client acts as by this membership. */
export const memberOf = (user: User, { role, officeId, organisationId }: Membership): Actor => ({
  kind: 'user',
  id: user.id,
  name: `${user.name} ${user.surname}`,
  role,
  officeId,
  organisationId,
  language: user.language,
  timezone: user.timezone,
})

/** The actor a stored account of the staff signs in as. */
export const actorOf = (user: User): Actor => ({
  kind: 'user',
  id: user.id,
  name: `${user.name} ${user.surname}`,
  role: staffRoleOf(user),
  officeId: user.officeId,
  organisationId: null,
  language: user.language,
  timezone: user.timezone,
})

const checkDigit = (digits: string, weights: readonly number[]): number =>
  ([...digits].reduce((sum, digit, at) => sum + Number(digit) * (weights[at] ?? 0), 0) % 11) % 10

/** A made-up ИНН of a legal entity whose check digit is right. */
export function validInn(number = next()): string {
  const body = `77${String(number).padStart(7, '0')}`
  return `${body}${checkDigit(body, [2, 4, 10, 3, 5, 9, 4, 6, 8])}`
}

/** A made-up ОГРН whose check digit is right. */
export function validOgrn(number = next()): string {
  const body = `12677${String(number).padStart(7, '0')}`
  return `${body}${(BigInt(body) % 11n) % 10n}`
}

export const testBik = '044525225'

/** A made-up account in roubles whose key fits the БИК the factories use. */
export function validAccount(number = next()): string {
  const weights = [7, 1, 3]
  for (let key = 0; key < 10; key++) {
    const account = `40702810${key}${String(number).padStart(11, '0')}`
    const sum = [...(testBik.slice(6) + account)].reduce(
      (total, digit, at) => total + Number(digit) * (weights[at % 3] ?? 0),
      0,
    )
    if (sum % 10 === 0) return account
  }
  throw new Error('one of ten keys always fits')
}

/** The same with another key, the ninth digit. */
export function wrongAccount(): string {
  const account = validAccount()
  return account.slice(0, 8) + ((Number(account[8]) + 1) % 10) + account.slice(9)
}

/** The rates of today and of the years before, unless reference data brought them already. */
export const buildVatRates = (): Promise<unknown> =>
  sequelize.query(
    `insert into vat_rates (country, code, rate_percent, valid_from, valid_to) values
       ('RU', 'standard', 20, '2019-01-01', '2025-12-31'), ('RU', 'standard', 22, '2026-01-01', null),
       ('RU', 'reduced', 10, '2019-01-01', null), ('RU', 'zero', 0, '2019-01-01', null),
       ('KZ', 'standard', 12, '2009-01-01', '2025-12-31'), ('KZ', 'standard', 16, '2026-01-01', null),
       ('KZ', 'zero', 0, '2009-01-01', null),
       ('BY', 'standard', 20, '2010-01-01', null), ('BY', 'reduced', 10, '2010-01-01', null),
       ('BY', 'zero', 0, '2010-01-01', null)
     on conflict do nothing`,
  )

type Values<M extends Model> = Partial<CreationAttributes<M>>

const russian = () => ({
  country: 'RU' as const,
  kind: 'legal' as const,
  taxId: validInn(),
  kpp: '770501001',
  registrationNumber: validOgrn(),
  legalAddress: '115093, г. Москва, ул. Павловская, д. 7',
  phone: '+74951234567',
  state: 'active' as const,
})

/** A selling organisation with an account to be paid to: what staff and clients belong to. */
export const buildOffice = (overrides: Values<Organisation> = {}): Promise<Organisation> =>
  built(async () => {
    await buildVatRates()
    // An office belongs to itself; the reference is checked at the commit only.
    const office = await Organisation.create({
      ...russian(),
      officeId: 0,
      roles: ['seller', 'certification_body'],
      name: `ООО «Аттестация ${next()}»`,
      email: 'office@certdesk.example',
      accountingEmail: 'buh@certdesk.example',
      headName: 'Орлов Павел Ильич',
      headPosition: 'Генеральный директор',
      headBasis: 'Устава',
      accountantName: 'Титова Ольга Сергеевна',
      ...overrides,
    })
    await office.update({ officeId: office.id })
    await createBankAccount(office)
    return office
  })

const createBankAccount = (organisation: Organisation, overrides: Values<BankAccount> = {}) =>
  BankAccount.create({
    officeId: organisation.officeId,
    organisationId: organisation.id,
    bic: testBik,
    bankName: 'ПАО «Банк Пример», г. Москва',
    correspondentAccount: '30101810400000000225',
    account: validAccount(),
    isMain: true,
    ...overrides,
  })

type Parents = { office?: Organisation; organisation?: Organisation }

const officeOf = async ({ office, organisation }: Parents): Promise<Organisation> =>
  office ??
  (organisation ? Organisation.findByPk(organisation.officeId, { rejectOnEmpty: true }) : buildOffice())

/** An active client with right requisites and an address. */
export async function buildOrganisation({
  office,
  ...overrides
}: Values<Organisation> & { office?: Organisation } = {}): Promise<Organisation> {
  const { id: officeId } = office ?? (await buildOffice())
  return built(() =>
    Organisation.create({
      ...russian(),
      officeId,
      name: `АО «Полюс-Сервис ${next()}»`,
      email: 'client@polus.example',
      headName: 'Седых Ирина Львовна',
      headPosition: 'Директор',
      ...overrides,
    }),
  )
}

const organisationFor = async (parents: Parents): Promise<Organisation> =>
  parents.organisation ?? buildOrganisation({ ...(parents.office && { office: parents.office }) })

export async function buildEmployee({
  organisation: given,
  ...overrides
}: Values<Employee> & { organisation?: Organisation } = {}): Promise<Employee> {
  const organisation = given ?? (await buildOrganisation())
  return built(() =>
    Employee.create({
      officeId: organisation.officeId,
      organisationId: organisation.id,
      surname: 'Седых',
      name: 'Ирина',
      patronymic: 'Львовна',
      ...overrides,
    }),
  )
}

export async function buildContract({
  organisation: given,
  ...overrides
}: Values<Contract> & { organisation?: Organisation } = {}): Promise<Contract> {
  const organisation = given ?? (await buildOrganisation())
  return built(() =>
    Contract.create({
      officeId: organisation.officeId,
      organisationId: organisation.id,
      sellerId: organisation.officeId,
      number: `Д-${next()}/26`,
      signedOn: '2026-01-15',
      ...overrides,
    }),
  )
}

export async function buildBankAccount({
  organisation: given,
  ...overrides
}: Values<BankAccount> & { organisation?: Organisation } = {}): Promise<BankAccount> {
  const organisation = given ?? (await buildOrganisation())
  return built(() => createBankAccount(organisation, overrides))
}

/** A service at 7 900,00 ₽ with VAT; `kind: 'licence', vatCode: null, vatExemption: '…'` for the other sort. */
export async function buildProduct({
  office: given,
  ...overrides
}: Values<Product> & { office?: Organisation } = {}): Promise<Product> {
  const office = given ?? (await buildOffice())
  return built(() =>
    Product.create({
      officeId: office.id,
      code: `П-${next()}`,
      name: 'Сертификат ЭП «Торговый», 12 мес.',
      kind: 'service',
      priceMinor: 790_000,
      vatCode: 'standard',
      ...overrides,
    }),
  )
}

/** A licence without VAT at 1 350,00 ₽. */
export const buildLicence = (overrides: Values<Product> & { office?: Organisation } = {}): Promise<Product> =>
  buildProduct({
    name: 'Лицензия СКЗИ, 1 рабочее место, 12 мес.',
    kind: 'licence',
    priceMinor: 135_000,
    vatCode: null,
    vatExemption: 'пп. 26 п. 2 ст. 149 НК РФ',
    licenceText: 'Право использования СКЗИ на одном рабочем месте.',
    seats: 1,
    ...overrides,
  })

/** What `buildUser` accepts at the sign-in. */
export const testPassword = 'Правильная лошадь 42'
let testPasswordHash: Promise<string> | undefined

/** An account of the given role (an operator by default) that signs in with `testPassword`. */
export async function buildUser({
  office: given,
  ...overrides
}: Values<User> & { office?: Organisation | null } = {}): Promise<User> {
  const role = overrides.role ?? 'operator'
  const seesAll = role === 'administrator' || role === 'support'
  const office = given === undefined && !seesAll ? await buildOffice() : given
  const passwordHash = await (testPasswordHash ??= hashPassword(testPassword))
  return built(() =>
    User.create({
      officeId: office?.id ?? null,
      email: `${role}-${next()}@certdesk.example`,
      passwordHash,
      surname: 'Ким',
      name: 'Марина',
      role,
      ...overrides,
    }),
  )
}

/** An account that signs in to the cabinet with `testPassword`, and what it is at an organisation (its head by default). */
export async function buildClient({
  organisation,
  role = 'head',
  state = 'active',
  ...overrides
}: Partial<Pick<Membership, 'role' | 'state'>> &
  Omit<Values<User>, 'role' | 'state'> & { organisation: Organisation }): Promise<{
  user: User
  membership: Membership
  actor: Actor
}> {
  const user = await buildUser({
    email: `${role}-${next()}@client.example`,
    ...overrides,
    role: 'client',
    office: null,
  })
  const membership = await built(() =>
    Membership.create({
      userId: user.id,
      officeId: organisation.officeId,
      organisationId: role === 'applicant' ? null : organisation.id,
      role,
      state,
      decidedAt: state === 'pending' ? null : testNow,
    }),
  )
  return { user, membership, actor: memberOf(user, membership) }
}

/** Papers of a Russian that pass every check of their shape; the СНИЛС is of the specification. */
export const testPapers = {
  country: 'RU',
  number: '112-233-445 95',
  birthDate: '1985-04-12',
  documentKind: 'passport',
  series: '4012',
  documentNumber: '345678',
  issuedOn: '2010-06-01',
  issuer: 'ТП № 12 отдела УФМС',
} as const

/** Papers with a СНИЛС nobody else has. */
export function freshPapers() {
  const body = String(200_000_000 + next() * 7919)
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * (9 - at), 0)
  return { ...testPapers, number: body + String((sum % 101) % 100).padStart(2, '0') }
}

/** Somebody of a client whose papers wait to be checked. */
export async function buildIdentity({
  organisation,
  papers = freshPapers(),
}: {
  organisation: Organisation
  papers?: TypedIdentity
}): Promise<{ user: User; actor: Actor; identity: Identity }> {
  const { user, actor } = await buildClient({ organisation, role: 'employee' })
  return { user, actor, identity: await submitIdentity(as(actor), papers) }
}

/** Somebody whose papers were found right by an operator of the office; the file of the evidence has no bytes. */
export async function buildChecked(organisation: Organisation, papers: TypedIdentity = freshPapers()) {
  const made = await buildIdentity({ organisation, papers })
  const operator = actorOf(await buildUser({ office: null, officeId: organisation.officeId }))
  await passIdentity(as(operator), {
    identityId: made.identity.id,
    reason: 'Сверено по базе ведомства',
    evidence: {
      key: `00/${String(next()).padStart(8, '0')}-0000-4000-8000-00000000e1d0`,
      name: 'ответ.pdf',
      mime: 'application/pdf',
      size: 15,
      sha256: fakeSha,
    },
  })
  await made.identity.reload()
  return { ...made, operator }
}

export type Sold = {
  office: Organisation
  organisation: Organisation
  contract: Contract
  invoice: Invoice
  /** By position. */
  lines: InvoiceLine[]
  /** An operator of the office. */
  operator: Actor
}

export type Sale = Parents & {
  /** A service and a licence when absent. */
  products?: readonly Product[]
  lines?: readonly DraftLine[]
  now?: Date
}

/** A draft for a service of 7 900,00 ₽ and a licence of 1 350,00 ₽. */
export async function buildDraftInvoice(sale: Sale = {}): Promise<Sold> {
  const office = await officeOf(sale)
  const organisation = await organisationFor({ ...sale, office })
  const contract =
    (await Contract.findOne({ where: { organisationId: organisation.id } })) ??
    (await buildContract({ organisation }))
  const products = sale.products ?? [await buildProduct({ office }), await buildLicence({ office })]
  const operator = actorFor('operator', office)
  const invoice = await draftInvoice(as(operator, sale.now), {
    organisationId: organisation.id,
    contractId: contract.id,
    lines: sale.lines ?? products.map(({ id }) => ({ productId: id, quantity: '1' })),
  })
  return { office, organisation, contract, invoice, lines: await linesOf(invoice), operator }
}

const linesOf = (invoice: Invoice): Promise<InvoiceLine[]> =>
  InvoiceLine.findAll({ where: { invoiceId: invoice.id }, order: ['position'] })

export async function buildIssuedInvoice(sale: Sale = {}): Promise<Sold> {
  const sold = await buildDraftInvoice(sale)
  const invoice = await issueInvoice(as(sold.operator, sale.now), { invoiceId: sold.invoice.id })
  return { ...sold, invoice, lines: await linesOf(invoice) }
}

export async function buildPaidInvoice(sale: Sale = {}): Promise<Sold> {
  const sold = await buildIssuedInvoice(sale)
  const invoice = await recordPayment(as(sold.operator, sale.now), {
    invoiceId: sold.invoice.id,
    number: String(next()),
  })
  return { ...sold, invoice, lines: await linesOf(invoice) }
}

export type Requested = Sold & { request: Awaited<ReturnType<typeof markRequestSent>> }

/** A request for all lines of a paid invoice: `queued`, or `sent` when asked for. */
export async function buildRequest({
  state = 'sent',
  ...sale
}: Sale & { state?: 'queued' | 'sent' } = {}): Promise<Requested> {
  const sold = await buildPaidInvoice(sale)
  const { requests } = await requestShipment(as(sold.operator, sale.now), {
    lineIds: sold.lines.map(({ id }) => id),
  })
  const [queued] = requests
  if (!queued) throw new Error('no request was made')
  const request =
    state === 'queued'
      ? queued
      : await markRequestSent(as(systemActor('test'), sale.now), {
          requestId: queued.id,
          sentTo: 'buh@certdesk.example',
        })
  return { ...sold, request, lines: await linesOf(sold.invoice) }
}

/** Lines the accountants have confirmed: ready for acts and licences. */
export async function buildShippedInvoice(sale: Sale = {}): Promise<Requested> {
  const requested = await buildRequest(sale)
  const places = await AccountingRequestLine.findAll({
    where: { requestId: requested.request.id },
    order: ['id'],
  })
  const request = await answerRequest(as(actorFor('accountant', requested.office), sale.now), {
    requestId: requested.request.id,
    via: 'office',
    lines: places.map(({ lineId }) => ({
      lineId,
      taxDocumentKind: 'upd' as const,
      taxDocumentNumber: String(778 + next()),
      taxDocumentOn: requested.request.shipmentOn,
    })),
  })
  return { ...requested, request, lines: await linesOf(requested.invoice) }
}

const fakeSha = 'a'.repeat(64)

/** A row of a file whose bytes are nowhere: enough for everything that does not open it. */
export const buildStoredFile = (
  office: Organisation,
  overrides: Values<StoredFile> = {},
): Promise<StoredFile> =>
  StoredFile.create({
    officeId: office.id,
    storageKey: `00/${String(next()).padStart(8, '0')}-0000-4000-8000-000000000000`,
    originalName: 'СФ-778.pdf',
    mime: 'application/pdf',
    size: 1024,
    sha256: fakeSha,
    createdAt: testNow,
    ...overrides,
  })

/** Acts and licences of a shipped invoice, ready but without bytes on disk. */
export async function buildReadyDocuments(sale: Sale = {}): Promise<Requested & { documents: Document[] }> {
  const shipped = await buildShippedInvoice(sale)
  const { batchId } = await generateDocuments(as(shipped.operator, sale.now), {
    lineIds: shipped.lines.map(({ id }) => id),
    kinds: ['act', 'licence'],
  })
  const made = await Document.findAll({ where: { batchId }, order: ['id'] })
  await finishDocuments(as(systemActor('test'), sale.now), {
    printed: made.map(({ id }) => ({
      documentId: id,
      storageKey: `00/${String(next()).padStart(8, '0')}-0000-4000-8000-000000000001`,
      originalName: `${id}.pdf`,
      size: 1024,
      sha256: fakeSha,
      pageCount: 1,
      templateVersion: 1,
    })),
  })
  return {
    ...shipped,
    lines: await linesOf(shipped.invoice),
    documents: await Document.findAll({ where: { batchId }, order: ['id'] }),
  }
}
