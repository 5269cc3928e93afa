/** The draft of a person in one place, with its files. */
import type { Draft, MessageFile } from '../../../admin/thread-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { row } from '../rows.ts'

type Place = Readonly<{ threadId?: number; kind?: string; id?: number }>

/** SQL of the files beside an alias, as jsonb. */
export const filesOf = (column: 'draft_id' | 'message_id', id: string): string =>
  `coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'title', f.title, 'size', s.size, 'mime', s.mime) order by f.id)
     from message_files f join stored_files s on s.id = f.file_id where f.${column} = ${id}), '[]')`

/** The actor's own; an empty one when there is none. */
export async function draftOf(actor: Actor, { threadId, kind, id }: Place): Promise<Draft> {
  const found = await row<{ title: string; text: string; files: MessageFile[]; at: Date }>(
    `select d.title, d.body as text, d.updated_at as at, ${filesOf('draft_id', 'd.id')} as files from message_drafts d
     where d.user_id = $me and d.thread_id is not distinct from $threadId::bigint
       and d.subject_kind is not distinct from $kind::text and d.subject_id is not distinct from $id::bigint`,
    { me: actor.id, threadId: threadId ?? null, kind: kind ?? null, id: id ?? null },
  )
  if (!found) return { title: '', text: '', files: [], savedAt: null }
  const { at, ...draft } = found
  return { ...draft, savedAt: at.toISOString() }
}
