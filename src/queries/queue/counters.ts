/** The numbers beside the navigation. */
import type { Counters } from '../../../admin/desk-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { countQueue, sourcesFor } from './count-queue.ts'
import type { QueueKind } from './sources.ts'

/** Where a kind is worked on, beside the queue itself which counts them all. */
const places: Partial<Record<QueueKind, string>> = {
  'message-waiting': 'messages',
  'registration-waiting': 'registrations',
  'identity-waiting': 'identities',
  'letter-to-post': 'identity-letters',
  'request-refused': 'accounting-requests',
  'request-timed-out': 'accounting-requests',
  'request-answered': 'accounting-requests',
  'request-to-answer': 'accounting-requests',
  'mail-uncertain': 'mails',
  'mail-failed': 'mails',
  'mail-no-address': 'mails',
  'document-failed': 'documents',
  'export-failed': 'exports',
  'job-failed': 'jobs',
  'lines-to-ship': 'invoice-lines',
  'change-requested': 'change-requests',
  'order-placed': 'order-requests',
}

export async function counters(actor: Actor): Promise<Counters> {
  const counts = await countQueue(actor)
  const navigation: Counters['navigation'] = {}
  const add = (place: string, count: number, isTrouble: boolean) => {
    const known = navigation[place]
    const tone = isTrouble || known?.tone === 'fail' ? 'fail' : 'quiet'
    navigation[place] = { count: (known?.count ?? 0) + count, tone }
  }
  for (const { kind, tone } of sourcesFor(actor)) {
    const count = counts.get(kind) ?? 0
    if (count === 0) continue
    add('queue', count, false)
    const place = places[kind]
    if (place) add(place, count, tone === 'fail')
  }
  return { navigation }
}
