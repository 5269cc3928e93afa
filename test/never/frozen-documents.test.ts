/** An issued document is never edited and never deleted, whoever asks the database; a replacement is the only way. */
import test from 'ava'
import { DomainError } from '../../src/domain/errors.ts'
import { Document } from '../../src/models/document.ts'
import { replaceDocument } from '../../src/operations/documents/replace-document.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as, buildReadyDocuments } from '../_support/factories.ts'
import { counts } from './_processes.ts'

const database = await isolatedDatabase()

const edits = {
  number: `'АКТ-2026-999999'`,
  issued_on: `'2026-01-01'`,
  total_minor: '1',
  currency: `'KZT'`,
  data: `'{}'`,
  sha256: `repeat('b', 64)`,
  file_id: 'null',
  template_version: '99',
  organisation_id: 'seller_id',
  verification_code: `'0'`,
}

test.serial('the role of the product cannot edit or delete what was issued', async (t) => {
  const { documents } = await buildReadyDocuments()
  const pool = database.pool(t)
  for (const { id } of documents) {
    for (const [column, value] of Object.entries(edits))
      await t.throwsAsync(
        pool.query(`update documents set ${column} = ${value} where id = $1`, [id]),
        { code: '42501' } as never,
        column,
      )
    await t.throwsAsync(pool.query('delete from documents where id = $1', [id]), { code: '42501' } as never)
    await t.throwsAsync(Document.update({ totalMinor: 1 }, { where: { id } }), {
      message: /cannot be edited/,
    })
  }
})

test.serial('what was issued never goes back to being made', async (t) => {
  const { documents } = await buildReadyDocuments()
  const pool = database.pool(t)
  const move = (id: number, state: string) =>
    pool.query(
      `update documents set state = $2, published_at = now(), cancelled_at = now(), replaced_by_id = id where id = $1`,
      [id, state],
    )
  const refused = async (id: number, states: string[]) => {
    for (const state of states) await t.throwsAsync(move(id, state), { code: '42501' } as never, state)
  }
  const { id } = documents[0]!
  await refused(id, ['generating', 'failed'])
  await move(id, 'published')
  await refused(id, ['generating', 'failed', 'ready'])
  await move(id, 'cancelled')
  await refused(id, ['generating', 'failed', 'ready', 'published'])
})

test.serial(
  'replaced from two sessions at once: one replacement, one number, one active place',
  async (t) => {
    const { documents, operator } = await buildReadyDocuments()
    const act = documents.find(({ kind }) => kind === 'act')!
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        replaceDocument(as(operator), { documentId: act.id, reason: `ошибка в реквизитах ${at}` }),
      ),
    )
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    t.is(made.length, 1)
    for (const result of results)
      if (result.status === 'rejected') {
        t.true(result.reason instanceof DomainError)
        t.is((result.reason as DomainError).code, 'forbidden')
      }
    const old = await act.reload()
    t.is(old.state, 'cancelled')
    t.is(old.replacedById, made[0]?.id ?? null)
    t.is(made[0]?.seriesNumber, 2)
    t.deepEqual(
      await rows(
        `select line_id from document_lines where is_active and kind = 'act' group by 1 having count(*) > 1`,
      ),
      [],
    )
    t.deepEqual(
      await counts(`select count(*)::integer as replacements from documents where replaces_id = ${act.id}`),
      { replacements: 1 },
    )
  },
)
