/** The stage of the matrix: two offices, two clients in one of them, everybody who can sign in, and secrets in every column nobody may read. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Model, ModelStatic } from 'sequelize'
import { cabinetResources } from '../../admin/cabinet/index.ts'
import type { DeskResource } from '../../admin/define-resource.ts'
import { resources as staffResources } from '../../admin/resources/index.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { createRenderer } from '../../src/documents/render.ts'
import { doors } from '../../src/http/doors.ts'
import { ChangeRequest } from '../../src/models/change-request.ts'
import { Export } from '../../src/models/export.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { Invitation } from '../../src/models/invitation.ts'
import { Mail } from '../../src/models/mail.ts'
import { OrderRequest } from '../../src/models/order-request.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { Passkey } from '../../src/models/passkey.ts'
import { Product } from '../../src/models/product.ts'
import { RegisterImport } from '../../src/models/register-import.ts'
import { RegistrationLink } from '../../src/models/registration-link.ts'
import { Registration } from '../../src/models/registration.ts'
import { ReplyTemplate } from '../../src/models/reply-template.ts'
import { ReportSchedule } from '../../src/models/report-schedule.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { orderIdentityLetter } from '../../src/operations/identities/identity-letters.ts'
import { openThread } from '../../src/operations/threads/open-thread.ts'
import type { Actor, Side } from '../../src/policies/actor.ts'
import { columnsFor } from '../../src/policies/define-policy.ts'
import { policies } from '../../src/policies/index.ts'
import { rows } from '../../src/queries/rows.ts'
import { fileStore } from '../../src/storage/files.ts'
import { later } from '../_support/clock.ts'
import {
  actorOf,
  as,
  buildChecked,
  buildClient,
  buildEmployee,
  buildOffice,
  buildOrganisation,
  buildReadyDocuments,
  buildStoredFile,
  buildUser,
  built,
  testNow,
} from '../_support/factories.ts'
import { inFolder, testTemplates, textDocument } from '../documents/_fixtures.ts'
import type { BackOffice, Browser } from './_server.ts'

/** A side of the product as the matrix sees it: a third door would be one more line. */
export type MatrixSide = Readonly<{
  side: Side
  root: string
  api: string
  resources: readonly DeskResource[]
}>

export const sides: Readonly<Record<Side, MatrixSide>> = {
  staff: { side: 'staff', root: doors.staff.root, api: '/admin/api/resources', resources: staffResources },
  client: {
    side: 'client',
    root: doors.client.root,
    api: '/cabinet/api/resources',
    resources: cabinetResources,
  },
}

export type Person = Readonly<{ name: string; actor: Actor; visitor: Browser; of: MatrixSide }>

/** Model → one row of it, all of one client of one office. */
export type House = Readonly<{
  office: Organisation
  organisation: Organisation
  rows: ReadonlyMap<ModelStatic<Model>, Model>
  /** Of somebody who is none of the people of the stage. */
  session: number
  /** Messages that failed for good. */
  failures: readonly number[]
}>

export type Stage = Readonly<{
  people: readonly Person[]
  houses: readonly [House, House, House]
  secrets: readonly Secret[]
}>

/** A value that stands in one column only, and the sides that may not read it. */
export type Secret = Readonly<{ value: string; table: string; column: string; from: readonly Side[] }>

const page = textDocument('plain')

/** Gives files bytes that name whose they are. */
async function fill(fileIds: readonly string[], name: string): Promise<void> {
  await inFolder(async (folder) => {
    const toFile = join(folder, 'page.pdf')
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    await renderer.render(page, { text: name }, { toFile })
    await renderer.close()
    const bytes = Buffer.concat([await readFile(toFile), Buffer.from(`\n% ${name}\n`)])
    for (const id of fileIds) {
      const { key } = await fileStore().put(bytes, { mime: 'application/pdf' })
      await unguarded('stored_files', 'update stored_files set storage_key = $1 where id = $2', [key, id])
    }
  })
}

/** Writes past the triggers of a table, which guard what is issued. */
const unguarded = (table: string, sql: string, bind: unknown[]) =>
  sequelize.transaction(async () => {
    await rows(`alter table ${table} disable trigger user`)
    await sequelize.query(sql, { bind })
    await rows(`alter table ${table} enable trigger user`)
  })

async function furnish(
  signIn: BackOffice['signIn'],
  organisation: Organisation,
  office: Organisation,
  authorId: number,
): Promise<House> {
  const { documents, operator } = await buildReadyDocuments({ office, organisation })
  await publishDocuments(as(operator), { documentIds: documents.map(({ id }) => id) })
  const place = { officeId: office.id, organisationId: organisation.id }
  await buildEmployee({ organisation })
  // Somebody of theirs who asks nothing: whatever the steps do to an account is done to this one.
  const bystander = await buildUser({ office })
  await signIn(bystander.email)
  const [session] = await rows<{ id: number }>('select id from sessions where user_id = $id', {
    id: bystander.id,
  })
  await Passkey.create({
    userId: bystander.id,
    credentialId: `matrix-${organisation.id}`,
    publicKey: 'matrix',
    name: `Тайный ключ ${organisation.id}`,
    isSynced: false,
    createdAt: testNow,
  })
  await orderIdentityLetter(as((await buildChecked(organisation)).actor), {
    postcode: '160001',
    address: 'г. Вологда, ул. Мира, д. 1',
  })
  await buildClient({ organisation, role: 'employee' })
  await comeIn(organisation)
  await openThread(as({ ...operator, id: authorId }), {
    subject: { kind: 'organisation', id: organisation.id },
    title: `Переписка с ${organisation.name}`,
    body: 'Ждём подписанный договор',
    key: randomUUID(),
  })
  const file = await buildStoredFile(office)
  await fill([file.id, ...documents.flatMap(({ fileId }) => fileId ?? [])], organisation.name)
  await built(async () => {
    await FolderFile.create({ ...place, fileId: file.id, title: 'Письмо' })
    await Mail.create({ ...place, kind: 'acts-published', dedupKey: `matrix-${organisation.id}` })
    await ChangeRequest.create({ ...place, changes: { phone: { before: null, after: '+79215550120' } } })
    const product = await Product.findOne({ where: { officeId: office.id }, rejectOnEmpty: true })
    await OrderRequest.create({ ...place, productId: product.id, quantity: '1' })
    await ReportSchedule.create({
      officeId: office.id,
      report: 'register',
      every: 'day',
      recipients: ['buh@certdesk.example'],
    })
    await Export.create({ officeId: office.id, report: 'register', createdBy: authorId })
    await ReplyTemplate.create({ officeId: office.id, title: 'Ответ', body: 'Здравствуйте, {имя}' })
  })
  const found = new Map<ModelStatic<Model>, Model>([
    [organisation.constructor as ModelStatic<Model>, organisation],
  ])
  for (const { model } of policies as unknown as { model: ModelStatic<Model> }[]) {
    if (found.has(model)) continue
    const attributes = model.getAttributes()
    const where = {
      ...('officeId' in attributes && { officeId: office.id }),
      ...('organisationId' in attributes && { organisationId: organisation.id }),
    }
    const row =
      (await model.findOne({ where, order: [[model.primaryKeyAttribute, 'desc']] })) ??
      // Rows of the office itself, such as its staff and its mails about registers.
      (await model.findOne({
        where: 'officeId' in attributes ? { officeId: office.id } : {},
        order: [[model.primaryKeyAttribute, 'desc']],
      }))
    if (row) found.set(model, row)
  }
  const failures = await rows<{ id: number }>(
    `insert into outbox (topic, payload, state, office_id)
     select 'mail.send', '{"mailId": 1}', 'dead', $office from generate_series(1, 3) returning id`,
    { office: office.id },
  )
  return {
    office,
    organisation,
    rows: found,
    session: session?.id ?? 0,
    failures: failures.map(({ id }) => id),
  }
}

/** Somebody invited to the client, and a newcomer of a link of the office. */
const comeIn = ({ id: organisationId, officeId }: Organisation): Promise<unknown> =>
  built(async () => {
    const until = later(testNow, { days: 60 })
    const person = { officeId, surname: 'Рябов', name: 'Кирилл' }
    await Invitation.create({
      ...person,
      organisationId,
      email: `invited-${organisationId}@client.example`,
      role: 'employee',
      sentAt: testNow,
      expiresAt: until,
    })
    const link = await RegistrationLink.create({ officeId, title: 'Заявители', expiresAt: until })
    await Registration.create({
      ...person,
      email: `new-${organisationId}@client.example`,
      way: 'link',
      registrationLinkId: link.id,
      passwordHash: `a hash of the newcomer of ${organisationId}`,
      expiresAt: until,
    })
  })

const textual = /^(TEXT|CHARACTER VARYING|JSONB?|ARRAY)/i
// Accounts must go on signing in and files be found: what nobody may read of them is looked for as it is.
const living = new Set(['users', 'access_links', 'memberships', 'stored_files'])

/** Writes a secret into every text column that some side may not read, wherever the table lets it. */
async function plant(): Promise<Secret[]> {
  const secrets: Secret[] = []
  for (const { model } of policies as unknown as { model: ModelStatic<Model> }[]) {
    const table = model.getTableName() as string
    for (const [column, attribute] of Object.entries(model.getAttributes())) {
      const from = (['staff', 'client'] as const).filter((side) => !columnsFor(side, model).includes(column))
      const type = String((attribute.type as { toSql?: () => string }).toSql?.() ?? '')
      const field = attribute.field ?? column
      if (from.length === 0 || !textual.test(type) || field === 'state') continue
      if (living.has(table)) {
        if (!from.includes('staff')) continue
        const own = await rows<{ value: string | null }>(
          `select distinct ${field}::text as value from ${table}`,
        )
        for (const { value } of own)
          if (value && value.length > 12) secrets.push({ value, table, column, from })
        continue
      }
      const value = `Тайна-${table}-${column}`
      if (await written(table, field, type, value)) secrets.push({ value, table, column, from })
    }
  }
  return secrets
}

/** False where a CHECK of the table knows better. */
async function written(table: string, field: string, type: string, value: string): Promise<boolean> {
  const isJson = /^JSON/i.test(type)
  const set = isJson
    ? `case when jsonb_typeof(${field}) = 'object' then ${field} || jsonb_build_object('secret', $1::text) else ${field} end`
    : type.endsWith('[]')
      ? `array[$1 || '-' || ctid::text]`
      : `$1 || '-' || ctid::text`
  try {
    await unguarded(table, `update ${table} set ${field} = ${set}`, [value])
    return true
  } catch (fault) {
    const code = (fault as { original?: { code?: string } }).original?.code ?? ''
    // A CHECK or a key of the table, or a column it makes itself; anything else is a fault of the test.
    if (code.startsWith('23') || code === '428C9') return false
    throw fault
  }
}

/** A file taken into the register of the installation, with a page of bad rows, as the administrator may fetch it. */
async function takeInRegister(office: Organisation, createdBy: number): Promise<void> {
  const { id: fileId, sha256: fileSha256 } = await buildStoredFile(office)
  await built(() =>
    RegisterImport.create({
      country: 'RU',
      asOf: '2026-11-01',
      fileName: 'Тайна-реестра.csv',
      fileSize: 1,
      fileSha256,
      fileId,
      shape: { format: 'csv', encoding: 'utf-8', delimiter: ';' },
      state: 'done',
      createdBy,
    }),
  )
}

export async function setStage({ signIn }: BackOffice): Promise<Stage> {
  const [a, b] = [await buildOffice(), await buildOffice()]
  const [mine, beside, foreign] = [
    await buildOrganisation({ office: a }),
    await buildOrganisation({ office: a }),
    await buildOrganisation({ office: b }),
  ]
  const staff = {
    administrator: await buildUser({ role: 'administrator' }),
    operatorA: await buildUser({ office: a }),
    operatorB: await buildUser({ office: b }),
    accountantA: await buildUser({ office: a, role: 'accountant' }),
    support: await buildUser({ role: 'support' }),
  }
  const clients = {
    headOfMine: await buildClient({ organisation: mine }),
    employeeOfMine: await buildClient({ organisation: mine, role: 'employee' }),
    headBeside: await buildClient({ organisation: beside }),
    headOfForeign: await buildClient({ organisation: foreign }),
    applicant: await buildClient({ organisation: mine, role: 'applicant' }),
  }
  const people: Person[] = []
  for (const [name, user] of Object.entries(staff))
    people.push({ name, actor: actorOf(user), visitor: await signIn(user.email), of: sides.staff })
  for (const [name, { user, actor }] of Object.entries(clients))
    people.push({ name, actor, visitor: await signIn(user.email, 'client'), of: sides.client })
  await takeInRegister(a, staff.administrator.id)
  await rows(`insert into scheduled_jobs (name, cron, timezone, description_ru, description_en, timeout_ms, next_run_at)
    values ('check-files', '0 3 * * *', 'UTC', 'Сверка', 'Check', 60000, now() + interval '1 day')`)
  const houses: [House, House, House] = [
    await furnish(signIn, mine, a, staff.operatorA.id),
    await furnish(signIn, beside, a, staff.accountantA.id),
    await furnish(signIn, foreign, b, staff.operatorB.id),
  ]
  const secrets = await plant()
  for (const house of houses) for (const row of house.rows.values()) await row.reload({ paranoid: false })
  return { people, houses, secrets }
}
