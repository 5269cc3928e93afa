/** What an office keeps beside its sales: files in the folder of a client, and registers that come to its accountants. */
import { countRegister } from '../../src/queries/reports/read-register.ts'
import { Document } from '../../src/models/document.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { User } from '../../src/models/user.ts'
import { requestRegister } from '../../src/operations/exports/export-register.ts'
import { uploadFolderFile } from '../../src/operations/folder-files/upload-folder-file.ts'
import { reportScheduleKeeping } from '../../src/operations/keep-catalogue.ts'
import type { Context } from '../../src/operations/operation.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { fileStore } from '../../src/storage/files.ts'

const workplaces = `Рабочие места для сертификатов

1. Орлов П. И., генеральный директор
2. Ершова Н. П., специалист по закупкам
3. Голубев Р. И., инженер
`

async function fillFolder(context: Context, { id: organisationId }: Organisation): Promise<void> {
  const store = fileStore()
  const add = async (name: string, content: Buffer | { path: string }) => {
    const stored = await store.put(content)
    await uploadFolderFile(context, { organisationId, file: { ...stored, name } })
  }
  await add('Рабочие места.txt', Buffer.from(workplaces))
  for (const kind of ['act', 'licence'] as const) {
    const document = await Document.findOne({
      where: { organisationId, kind, state: 'ready' },
      order: ['id'],
    })
    const printed = document?.fileId ? await StoredFile.findByPk(document.fileId) : null
    if (printed)
      await add(`${printed.originalName.replace(/\.pdf$/, '')}, подписано.pdf`, {
        path: store.pathOf(printed.storageKey),
      })
  }
}

/** @param clients of the office; the first one has something in its folder */
export async function keepThings(
  { operator, clients }: { operator: Actor; clients: readonly { organisation: Organisation }[] },
  now: Date,
): Promise<void> {
  const context = { actor: operator, now }
  const { officeId } = operator
  const [first] = clients
  if (first) await fillFolder(context, first.organisation)

  const accountant = await User.findOne({ where: { officeId, role: 'accountant' }, rejectOnEmpty: true })
  const values = { officeId, report: 'register', recipients: [accountant.email], isActive: true }
  const { id, name, surname, language, timezone } = accountant
  const actor: Actor = {
    kind: 'user',
    id,
    name: `${name} ${surname}`,
    role: 'accountant',
    officeId,
    organisationId: null,
    language,
    timezone,
  }
  await reportScheduleKeeping.create({ actor, now }, { values: { ...values, every: 'month' } })

  // The id is ours, of the database.
  const condition = `l.office_id = ${officeId}`
  await requestRegister(context, {
    condition,
    officeId,
    rowsExpected: await countRegister({ condition, order: 'l.id' }),
    language: 'ru',
  })
}
