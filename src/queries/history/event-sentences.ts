/** Rows of the journal as sentences, beside the rows themselves: the reader was let at them already. */
import type { HistoryEntry } from '../../../admin/desk-types.ts'
import { readEvents } from './history-of.ts'

type Told = Readonly<{ event: HistoryEntry; subject: HistoryEntry; whatChanged: HistoryEntry }>

/** By the id of the event: what was done, to what, and what it changed. */
export async function eventSentences(ids: readonly number[]): Promise<ReadonlyMap<number, Told>> {
  const entries = await readEvents('e.id = any ($ids)', { ids: [...ids] }, ids.length)
  return new Map(entries.map((event) => [event.id, { event, subject: event, whatChanged: event }]))
}
