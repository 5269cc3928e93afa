/** Where somebody wanted to go before they were known: only ever a place behind the same door. */
import type { Door } from '../doors.ts'

/** A path below the door and nothing else: `//evil.example` and `\\evil.example` are other sites. */
export function ownPath({ root }: Door, wanted: string | undefined): string {
  const below = wanted?.startsWith(root) ? wanted.slice(root.length) : undefined
  const isOwn = below !== undefined && /^(\/[^\\]*)?(\?.*)?$/.test(below) && !/^\/log(in|out)/.test(below)
  return isOwn ? root + below : root
}
