/** The press reports: documents are ready with their files, or have failed with a reason, and may be tried again. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentStates } from '../../domain/states/document.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { Document } from '../../models/document.ts'
import { authorise } from '../../policies/define-policy.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { recordEvents } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'

/** A PDF that lies whole under its key. */
export type PrintedDocument = Readonly<{
  documentId: number
  storageKey: string
  originalName: string
  size: number
  sha256: string
  pageCount: number
  templateVersion: number
}>

type Touched = { id: number; officeId: number; organisationId: number }

/**
 * Files, documents and lines in one transaction, hundreds at a time. A document printed twice (its worker died after
 * the file and before this) changes nothing the second time.
 */
export const finishDocuments = operation(
  'document.finish',
  async ({ now }, { printed }: { printed: readonly PrintedDocument[] }) => {
    const finished = await sequelize.query<Touched>(
      `with printed as (
         select * from jsonb_to_recordset($1::jsonb) as p ("documentId" bigint, "storageKey" text, "originalName" text,
           size bigint, sha256 text, "pageCount" int, "templateVersion" int)
       ), due as (
         select d.id, d.office_id, d.organisation_id, p.* from documents d join printed p on p."documentId" = d.id
         where d.state = any ($2) order by d.id for update of d
       ), files as (
         insert into stored_files (office_id, organisation_id, storage_key, original_name, mime, size, sha256, created_at)
         select office_id, organisation_id, "storageKey", "originalName", 'application/pdf', size, sha256, $3 from due
         returning id, storage_key
       )
       update documents d
       set state = $4, file_id = f.id, sha256 = due.sha256, page_count = due."pageCount",
         template_version = due."templateVersion", failure_code = null, version = d.version + 1, updated_at = $3
       from due join files f on f.storage_key = due."storageKey"
       where d.id = due.id
       returning d.id, d.office_id as "officeId", d.organisation_id as "organisationId"`,
      {
        type: QueryTypes.SELECT,
        bind: [
          JSON.stringify(printed),
          documentStates.statesWhere('finish'),
          now,
          documentStates.next('generating', 'finish'),
        ],
      },
    )
    await recordEvents('documents', finished, { state: { before: 'generating', after: 'ready' } })

    const acted = await sequelize.query<Touched>(
      `update invoice_lines l set state = $2, version = l.version + 1, updated_at = $3
       where l.state = any ($4) and l.id in
         (select line_id from document_lines where document_id = any ($1) and kind in ('act', 'licence'))
       returning l.id, l.office_id as "officeId", l.organisation_id as "organisationId"`,
      {
        type: QueryTypes.SELECT,
        bind: [
          finished.map(({ id }) => id),
          invoiceLineStates.next('shipped', 'act'),
          now,
          invoiceLineStates.statesWhere('act'),
        ],
      },
    )
    await recordEvents('invoice_lines', acted, { state: { before: 'shipped', after: 'acted' } })
    for (const officeId of new Set(finished.map((row) => row.officeId))) {
      await notifyDesk({ officeId, topic: 'work' })
      // The rows on the screens and the numbers beside them have changed too, however long the printing took.
      await notifyDesk({ officeId, topic: 'counters' })
    }
    return finished.length
  },
)

/** The press gave a document up; its number stays taken and «Повторить» prints it again. */
export const failDocument = operation(
  'document.fail',
  async ({ now }, { documentId, failureCode }: { documentId: number; failureCode: string }) => {
    const document = await Document.findByPk(documentId, { lock: true })
    if (!document || !documentStates.can(document.state, 'fail')) return
    await document.update({ state: documentStates.next(document.state, 'fail'), failureCode })
    // While its batch is under way, the end of the batch tells of it together with the rest.
    if (!(await isBatchOpen(document.batchId)))
      await notify({
        kind: 'document-failed',
        subjectId: document.id,
        occasion: document.version,
        officeId: document.officeId,
        authorId: document.createdBy,
        now,
      })
    await notifyDesk({ officeId: document.officeId, topic: 'counters' })
  },
)

async function isBatchOpen(batchId: number | null): Promise<boolean> {
  const [batch] = await sequelize.query<{ id: number }>(
    `select id from batches where id = $1 and state = 'open'`,
    { type: QueryTypes.SELECT, bind: [batchId] },
  )
  return batch !== undefined
}

export const retryDocument = operation(
  'document.retry',
  async ({ actor, now }, { documentId }: { documentId: number }) => {
    const document = await Document.findByPk(documentId, { lock: true })
    if (!document) throw new DomainError('not-found')
    authorise(actor, 'retry', document)
    await document.update({ state: documentStates.next(document.state, 'retry'), failureCode: null })
    await enqueue(
      'document.generate',
      { key: `document-${document.id}-version-${document.version}`, documentId },
      { officeId: document.officeId },
    )
    await settleNotifications('documents', [document.id], now)
    return document
  },
)
