/** What a thread may be about: a table of records, each with how it is found and called. A new record is one more line. */
import type { Model, ModelStatic } from 'sequelize'
import { Document } from '../../models/document.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import type { Binds } from '../rows.ts'
import { visibleIfListed } from '../visible.ts'

/** Whose business the subject is: where the thread about it belongs. */
type SubjectPlace = Readonly<{
  officeId: number
  organisationId: number | null
  personId: number | null
}>

type Spec = Readonly<{
  /** Null for what is no record of its own. */
  model: ModelStatic<Model> | null
  /** The page of the record, below either door. */
  resourceId: string | null
  /** SQL of what it is called by, of the alias `s`. */
  number: string
  sort: string
  find: (actor: Actor, id: number) => Promise<SubjectPlace | null>
}>

const record = (
  model: unknown,
  resourceId: string,
  called: Pick<Spec, 'number' | 'sort'>,
  own: 'id' | 'organisationId' = 'organisationId',
): Spec => ({
  model: model as ModelStatic<Model>,
  resourceId,
  ...called,
  find: async (actor, id) => {
    const found = await (model as ModelStatic<Model>).findByPk(id)
    if (!found || !can(actor, 'show', found)) return null
    return {
      officeId: found.get('officeId') as number,
      organisationId: found.get(own) as number,
      personId: null,
    }
  },
})

const uncalled = { number: 'null::text', sort: 'null::text' }

const subjects: Readonly<Record<string, Spec>> = {
  organisation: record(Organisation, 'organisations', uncalled, 'id'),
  invoice: record(Invoice, 'invoices', { number: 's.number', sort: 'null::text' }),
  document: record(Document, 'documents', { number: 's.number', sort: 's.kind' }),
  // An applicant without an organisation writes about their own business.
  person: {
    model: null,
    resourceId: null,
    ...uncalled,
    find: async (actor, id) =>
      sideOf(actor) === 'client' && actor.id === id && actor.officeId !== null
        ? { officeId: actor.officeId, organisationId: actor.organisationId, personId: id }
        : null,
  },
}

export const subjectKinds = Object.keys(subjects)

/** Where a thread about this record would belong; null when the record does not exist for this actor. */
export const findSubject = async (
  actor: Actor,
  { kind, id }: { kind: string; id: number },
): Promise<SubjectPlace | null> => (await subjects[kind]?.find(actor, id)) ?? null

/**
 * The subject of a thread `t` as a reader may know it, as SQL of jsonb; a record the reader may not see has no number.
 * @param of the columns that name the subject
 */
export function subjectFacts(
  actor: Actor,
  of: Readonly<{ kind: string; id: string }> = { kind: 't.subject_kind', id: 't.subject_id' },
): { sql: string; bind: Binds } {
  let bind: Binds = {}
  const cases = Object.entries(subjects).flatMap(([kind, { model, resourceId, number, sort }]) => {
    const scope = model && visibleIfListed(actor, model, 's')
    if (!model || !scope) return []
    bind = { ...bind, ...scope.bind }
    return [
      `when '${kind}' then (select jsonb_build_object('kind', '${kind}', 'id', s.id, 'resourceId', '${resourceId}',
         'number', ${number}, 'sort', ${sort}) from ${model.tableName} s where s.id = ${of.id} and ${scope.sql})`,
    ]
  })
  const unseen = `jsonb_build_object('kind', ${of.kind}, 'id', ${of.id}, 'resourceId', null, 'number', null, 'sort', null)`
  const sql = cases.length === 0 ? unseen : `coalesce(case ${of.kind} ${cases.join(' ')} end, ${unseen})`
  return { sql, bind }
}
