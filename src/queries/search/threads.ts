/** Threads by words of their title. */
import type { SearchHit } from '../../../admin/desk-types.ts'
import { Thread } from '../../models/thread.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { threadOf } from '../screen-of.ts'
import { visibleIfListed } from '../visible.ts'
import { matchPiece } from './match-piece.ts'
import { likeLiterally, shortestFragment, type Terms } from './read-terms.ts'

export async function findThreads(actor: Actor, terms: Terms, limit: number): Promise<SearchHit[]> {
  const scope = visibleIfListed(actor, Thread, 't')
  const words = terms.typed.toLowerCase().split(' ')
  // A shorter word stands in too many titles, and no index knows it.
  if (!scope || words.every((word) => word.length < shortestFragment)) return []
  const pieces = Object.fromEntries(words.map((word, at) => [`piece${at}`, `%${likeLiterally(word)}%`]))
  const found = await rows<{ id: number; title: string; client: string }>(
    `select t.id, t.title, coalesce(o.short_name, o.name, concat_ws(' ', p.name, p.surname)) as client
     from threads t left join organisations o on o.id = t.organisation_id left join users p on p.id = t.person_id
     where ${scope.sql} and ${Object.keys(pieces)
       .map((name) => `lower(t.title) like $${name}`)
       .join(' and ')}
     order by t.last_message_at desc, t.id desc limit $limit`,
    { ...scope.bind, ...pieces, limit },
  )
  return found.map(({ id, title, client }) => ({
    id,
    title,
    subtitle: client,
    href: threadOf(sideOf(actor), id),
    match: matchPiece(terms, title),
  }))
}
