/** Waits for something another process or connection does. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Long enough for any machine: a test that waits in vain is wrong, one that waits long is not. */
const PATIENCE_MS = 240_000

type Found<T> = Exclude<T, false | null | undefined>

/** What the search finds in the end; throws when it never finds anything. */
export async function until<T>(find: () => T | Promise<T>, what: string): Promise<Found<T>> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await find()
    if (found) return found as Found<T>
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(50)
  }
}
