/** The prepared answers of an office with what is known of the thread filled in. */
import type { ReplyTemplate as Filled } from '../../../admin/thread-types.ts'
import { fillTemplate, type TemplatePlace } from '../../domain/reply-template.ts'
import { ReplyTemplate } from '../../models/reply-template.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { visibleIfListed } from '../visible.ts'

/** Nothing for whoever may not read templates; those in the reader's language first. */
export async function filledTemplates(
  actor: Actor,
  officeId: number,
  values: Readonly<Partial<Record<TemplatePlace, string | null>>>,
): Promise<Filled[]> {
  const scope = visibleIfListed(actor, ReplyTemplate, 't')
  if (!scope) return []
  const found = await rows<{ id: number; title: string; body: string }>(
    `select t.id, t.title, t.body from reply_templates t
     where ${scope.sql} and t.office_id = $officeId and t.deleted_at is null
     order by t.language <> $language, t.title, t.id limit 200`,
    { ...scope.bind, officeId, language: actor.language },
  )
  return found.map(({ id, title, body }) => ({
    id,
    title,
    text: fillTemplate(body, { me: actor.name, ...values }),
  }))
}
