/** Small cookies of ours, besides those of sessions: sent out of reach of scripts, and read when they come back. */
import type { Request, Response } from 'express'

type Keeping = Readonly<{ path: string; lastsMs: number; sameSite?: 'lax' | 'strict' }>

/** @param value signs that need no encoding; @param keeping the browser sends it back below `path` and nowhere else */
export const sendCookie = (response: Response, name: string, value: string, keeping: Keeping): void => {
  const { path, lastsMs: maxAge, sameSite = 'lax' } = keeping
  response.cookie(name, value, { path, httpOnly: true, sameSite, secure: response.req.secure, maxAge })
}

/** As it was set: our own cookies hold nothing that would have to be encoded. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pair = (request.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
