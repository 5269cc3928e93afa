/** A batch has ended: its author hears whether all documents are ready. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'

type Ended = {
  id: number
  kind: string
  officeId: number | null
  createdBy: number | null
  endedAt: string
  failed: number
}

/** Other kinds of batches end silently: their letters tell of themselves. */
export const tellOfBatch = operation(
  'batch.tell',
  async ({ actor, now }, { batchId }: { batchId: number }) => {
    if (actor.role !== 'system') throw new DomainError('forbidden')
    const [batch] = await sequelize.query<Ended>(
      `select id, kind, office_id as "officeId", created_by as "createdBy", extract(epoch from done_at)::text as "endedAt",
         (select count(*)::integer from documents d where d.batch_id = b.id and d.state = 'failed') as failed
       from batches b where id = $1 and done_at is not null`,
      { type: QueryTypes.SELECT, bind: [batchId] },
    )
    if (batch?.kind !== 'documents') return
    await notify({
      kind: batch.failed > 0 ? 'documents-failed' : 'documents-ready',
      subjectId: batch.id,
      // Opened again by «Повторить», it ends again.
      occasion: batch.endedAt,
      officeId: batch.officeId,
      authorId: batch.createdBy,
      now,
    })
  },
)
