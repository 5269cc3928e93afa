/** What a person sees before the first message: what it will be about, who will read it, what was typed already. */
import type { NewThread, ThreadSubject } from '../../../admin/thread-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { Thread } from '../../models/thread.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { row } from '../rows.ts'
import { draftOf } from './draft-of.ts'
import { filledTemplates } from './filled-templates.ts'
import { findSubject, subjectFacts } from './subjects.ts'

type Found = {
  office: string
  organisation: string | null
  person: string | null
  readers: number
  subject: ThreadSubject
}

/** @throws DomainError `not-found` for a record that does not exist for this actor, `forbidden` for who may not write */
export async function newThread(actor: Actor, about: { kind: string; id: number }): Promise<NewThread> {
  authorise(actor, 'open', Thread)
  const place = await findSubject(actor, about)
  if (!place) throw new DomainError('not-found')
  const subject = subjectFacts(actor, { kind: '$kind::text', id: '$id::bigint' })
  const found = await row<Found>(
    `select coalesce(f.short_name, f.name) as office, coalesce(o.short_name, o.name) as organisation,
       nullif(concat_ws(' ', p.name, p.surname), '') as person, ${subject.sql} as subject,
       (select count(*)::int from memberships m where m.organisation_id = $organisationId::bigint and m.state = 'active'
         and m.role in ('head', 'employee')) as readers
     from organisations f left join organisations o on o.id = $organisationId::bigint left join users p on p.id = $personId::bigint
     where f.id = $officeId`,
    { ...subject.bind, ...about, ...place },
  )
  if (!found) throw new DomainError('not-found')
  const isStaff = sideOf(actor) === 'staff'
  return {
    subject: found.subject,
    client: { organisationId: place.organisationId, name: found.organisation ?? found.person ?? '' },
    office: found.office,
    readers: isStaff ? found.readers : null,
    draft: await draftOf(actor, about),
    templates: isStaff
      ? await filledTemplates(actor, place.officeId, {
          organisation: found.organisation,
          number: found.subject.number,
        })
      : [],
  }
}
