/** An office where every step of every table can be taken: people of all roles, a row in each state, and what each step asks. */
import type { Model } from 'sequelize'
import type { ActionField } from '../../admin/view-types.ts'
import { AccountingRequestLine } from '../../src/models/accounting-request-line.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { ChangeRequest } from '../../src/models/change-request.ts'
import { Contract } from '../../src/models/contract.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { Mail } from '../../src/models/mail.ts'
import { OrderRequest } from '../../src/models/order-request.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { Product } from '../../src/models/product.ts'
import { ReplyTemplate } from '../../src/models/reply-template.ts'
import { refuseRequest } from '../../src/operations/accounting-requests/answer-request.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { bankAccountKeeping } from '../../src/operations/organisations/keep-client-records.ts'
import { failDocument } from '../../src/operations/documents/settle-documents.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { requestSheet } from '../../src/queries/accounting/request-sheet.ts'
import { answerWorkbook } from '../../src/reports/answer-workbook.ts'
import { filledAnswer } from '../accounting/_filled-answer.ts'
import {
  actorFor,
  actorOf,
  as,
  buildClient,
  buildDraftInvoice,
  buildEmployee,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildReadyDocuments,
  buildRequest,
  buildShippedInvoice,
  buildStoredFile,
  buildUser,
  built,
  testBik,
  validAccount,
  validInn,
  wrongAccount,
} from '../_support/factories.ts'
import { sides, type Person } from './_matrix.ts'
import type { BackOffice } from './_server.ts'

export type Workshop = Readonly<{
  office: Organisation
  organisation: Organisation
  people: readonly Person[]
}>

export async function setWorkshop({ signIn }: BackOffice): Promise<Workshop> {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const people: Person[] = []
  for (const role of ['administrator', 'operator', 'accountant', 'support'] as const) {
    const isOfAll = role === 'administrator' || role === 'support'
    const user = await buildUser({ role, ...(!isOfAll && { office }) })
    people.push({ name: role, actor: actorOf(user), visitor: await signIn(user.email), of: sides.staff })
  }
  for (const role of ['head', 'employee'] as const) {
    const { user, actor } = await buildClient({ organisation, role })
    people.push({ name: role, actor, visitor: await signIn(user.email, 'client'), of: sides.client })
  }
  await furnish(office, organisation)
  return { office, organisation, people }
}

async function furnish(office: Organisation, organisation: Organisation): Promise<void> {
  const sale = { office, organisation }
  for (let n = 0; n < 2; n++) {
    await buildDraftInvoice(sale)
    await buildIssuedInvoice(sale)
    await buildPaidInvoice(sale)
    await buildReadyDocuments(sale)
    await buildShippedInvoice(sale)
  }
  for (let n = 0; n < 3; n++) await buildRequest(sale)
  const { request } = await buildRequest(sale)
  const refusal = { requestId: request.id, reason: 'Нет договора', via: 'office' } as const
  await refuseRequest(as(actorFor('accountant', office)), refusal)
  const shipped = await buildShippedInvoice(sale)
  const lineIds = shipped.lines.map(({ id }) => id)
  const { batchId } = await generateDocuments(as(shipped.operator), { lineIds, kinds: ['act'] })
  for (const { id: documentId } of await Document.findAll({ where: { batchId } }))
    await failDocument(as(systemActor('test')), { documentId, failureCode: 'document.render' })

  // People of theirs and of ours whom steps may be taken on, and none of those who take them.
  await buildClient({ organisation, role: 'employee' })
  for (let n = 0; n < 2; n++) await buildClient({ organisation, role: 'employee', state: 'pending' })
  await buildUser({ office })
  await buildEmployee({ organisation })
  await buildOrganisation({ office, state: 'draft' })
  const fault = { code: 'inn-checksum', params: {} }
  await buildOrganisation({ office, taxId: '7700000001', state: 'draft', requisitesFaults: { taxId: fault } })

  for (const requisitesOverrideAt of [null, new Date()]) {
    const account = await bankAccountKeeping.create(as(actorFor('operator', office)), {
      values: {
        organisationId: organisation.id,
        bic: testBik,
        bankName: 'ПАО «Банк»',
        account: wrongAccount(),
      },
    })
    await built(() => account.update({ requisitesOverrideAt }))
  }

  const others = [await buildOrganisation({ office }), await buildOrganisation({ office })]
  const place = { officeId: office.id, organisationId: organisation.id }
  const product = await Product.findOne({ where: { officeId: office.id }, rejectOnEmpty: true })
  const { id: fileId } = await buildStoredFile(office)
  const phone = { before: organisation.phone, after: '+79215550120' }
  await built(async () => {
    await FolderFile.create({ ...place, fileId, title: 'Письмо' })
    for (let n = 0; n < 4; n++) {
      await OrderRequest.create({ ...place, productId: product.id, quantity: '1' })
    }
    // Of one client one wish waits; its own people bring another by their form.
    await ChangeRequest.create({ ...place, changes: { phone } })
    for (let n = 0; n < 2; n++) {
      const { id: organisationId } = others[n] as Organisation
      await ChangeRequest.create({ officeId: office.id, organisationId, changes: { phone } })
    }
    for (const title of ['Акт', 'Счёт', 'Оплата'])
      await ReplyTemplate.create({ officeId: office.id, title, body: 'Здравствуйте, {имя}' })
    for (const state of ['failed', 'uncertain', 'uncertain'] as const)
      await Mail.create({
        ...place,
        kind: 'acts-published',
        dedupKey: `workshop-${(made += 1)}`,
        recipient: 'client@polus.example',
        state,
      })
    for (const state of ['queued', 'failed'] as const)
      await Export.create({ officeId: office.id, report: 'register', state })
  })
}
let made = 0

/** What is carried out elsewhere, by side, table and step, because it needs more than one request. */
export const doneElsewhere: Readonly<Record<string, string>> = {
  'staff registrations approve': 'test/operations/registrations/registrations.test.ts',
  'staff registrations refuse': 'test/operations/registrations/registrations.test.ts',
  'staff identities pass': 'test/admin/identities.test.ts',
  'staff identities refuse': 'test/admin/identities.test.ts',
  'staff identities confirmAtCentre': 'test/admin/identities.test.ts',
  'staff identity-letters post': 'test/admin/identity-letters.test.ts',
  'staff users resetSecondFactor': 'test/admin/second-factor.test.ts',
}

/** What a form or a step is sent with; steps that ask nothing but words, days and ticks need no line here. */
export async function payloadOf(
  name: string,
  fields: readonly ActionField[],
  row: Model | null,
  { office, organisation }: Workshop,
): Promise<object> {
  const special = specials[name]
  if (special) return special({ row, office, organisation })
  const version = row?.get('version')
  const values = fields.map((field) => [field.name, plain(field)] as const)
  return { ...(version !== undefined && { version }), ...Object.fromEntries(values) }
}

const plain = ({ as: kind, options }: ActionField): unknown => {
  if (kind === 'day') return '2026-11-24'
  if (kind === 'flag') return true
  if (kind === 'choice') return options?.[0]
  return kind === 'money' || kind === 'number' ? 1 : 'Причина'
}

type Bench = Readonly<{ row: Model | null; office: Organisation; organisation: Organisation }>

const person = () => ({ surname: 'Рябов', name: 'Кирилл', email: `workshop-${(made += 1)}@client.example` })
const pdf = () => new Blob(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'])

const linesOf = (row: Model | null): Promise<AccountingRequestLine[]> =>
  AccountingRequestLine.findAll({ where: { requestId: Number(row?.get('id')) }, order: ['id'] })

const draft = async ({ row, office, organisation }: Bench): Promise<object> => {
  const product = await Product.findOne({ where: { officeId: office.id }, rejectOnEmpty: true })
  const contract = await Contract.findOne({
    where: { organisationId: organisation.id },
    rejectOnEmpty: true,
  })
  return {
    version: row?.get('version'),
    organisationId: organisation.id,
    contractId: contract.id,
    lines: JSON.stringify([{ productId: product.id, quantity: '2' }]),
  }
}

const specials: Readonly<Record<string, (bench: Bench) => object | Promise<object>>> = {
  'staff accounting-requests answer': async ({ row }) => ({
    lines: JSON.stringify(
      (await linesOf(row)).map(({ lineId }) => ({
        lineId,
        taxDocumentKind: 'upd',
        taxDocumentNumber: String(900 + (made += 1)),
        taxDocumentOn: '2026-11-23',
      })),
    ),
  }),
  'staff accounting-requests attachFiles': async ({ row }) => {
    const form = new FormData()
    const [line] = await linesOf(row)
    form.append(`files.${line?.lineId}`, pdf(), 'СФ.pdf')
    return form
  },
  'staff accounting-requests uploadAnswer': async ({ office }) => {
    const request = await AccountingRequest.findOne({
      where: { officeId: office.id, state: 'sent' },
      rejectOnEmpty: true,
    })
    const sheet = await requestSheet(request.id)
    if (!sheet) throw new Error(`request ${request.id} has no sheet`)
    const answers = sheet.lines.map((_, at) => ({
      taxDocumentNumber: String(1900 + at),
      taxDocumentOn: '23.11.2026',
    }))
    const form = new FormData()
    const filled = await filledAnswer(await answerWorkbook(sheet, 'ru'), answers)
    form.append('file', new Blob([new Uint8Array(filled)]), 'answer.xlsx')
    return form
  },
  'staff exports exportRegister': () => ({ resourceId: 'invoice-lines' }),
  'staff invoices recordPayment': ({ row }) => ({
    amountMinor: row?.get('totalMinor'),
    paidOn: '2026-11-24',
    number: String((made += 1)),
  }),
  'client products order': () => ({ quantity: '1' }),
  'client organisations edit': ({ row }) => ({ version: row?.get('version'), phone: '+74951234599' }),
  'staff invoices new': draft,
  'staff invoices edit': draft,
  'staff organisations new': ({ office }) => ({
    officeId: office.id,
    name: 'ООО «Новая»',
    country: 'RU',
    kind: 'legal',
    taxId: validInn(),
  }),
  'staff employees new': ({ organisation }) => ({ organisationId: organisation.id, ...person() }),
  'staff contracts new': ({ office, organisation }) => ({
    organisationId: organisation.id,
    sellerId: office.id,
    kind: 'contract',
    number: `Д-${(made += 1)}`,
    signedOn: '2026-01-15',
  }),
  'staff bank-accounts new': ({ organisation }) => ({
    organisationId: organisation.id,
    bic: '044525225',
    bankName: 'ПАО «Банк Пример»',
    correspondentAccount: '30101810400000000225',
    account: validAccount(),
    currency: 'RUB',
  }),
  'staff products new': ({ office }) => ({
    officeId: office.id,
    code: `М-${(made += 1)}`,
    name: 'Выезд эксперта',
    kind: 'service',
    unit: 'шт',
    unitCode: '796',
    priceMinor: 100_000,
    currency: 'RUB',
    vatCode: 'standard',
    isActive: true,
  }),
  'staff report-schedules new': ({ office }) => ({
    officeId: office.id,
    report: 'register',
    every: 'month',
    language: 'ru',
    recipients: ['buh@certdesk.example'],
    isActive: true,
  }),
  'staff vat-rates new': () => ({
    country: 'KZ',
    code: 'reduced',
    ratePercent: '5',
    validFrom: '2026-01-01',
  }),
  'staff reply-templates new': () => ({ title: 'Акт', body: 'Акт готов', language: 'ru' }),
  'staff reply-templates edit': ({ row }) => ({ version: row?.get('version'), title: 'Акты' }),
  'staff registration-links new': ({ office }) => ({ officeId: office.id, title: 'Заявители' }),
  'staff invitations new': ({ organisation }) => ({
    organisationId: organisation.id,
    role: 'employee',
    ...person(),
  }),
  'client invitations new': () => ({ role: 'employee', ...person() }),
  'staff users new': ({ office }) => ({ ...person(), role: 'operator', officeId: office.id }),
}
