/** What a browser sent back of a cookie of ours. */
import type { Request } from 'express'

/** As it was set: our own cookies hold nothing that would have to be encoded. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pair = (request.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
