/** The token of a letter on its way from the address to one page: in a cookie of that page alone, so that no history keeps it. */
import type { Request, Response } from 'express'

const HOUR = 3_600_000

/** Where a token is taken out of the address and what the cookie of its page is called. */
export type Counter = Readonly<{ path: string; cookie: string }>

/** The link is not used up by being looked at, as programs that read letters do. */
export function handOver(response: Response, { path, cookie }: Counter, token: string): void {
  response.cookie(cookie, token, {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: response.req.secure,
    maxAge: HOUR,
  })
  const language = response.req.query['lang'] === 'en' ? '?lang=en' : ''
  response.redirect(303, path + language)
}

export function handedToken(request: Request, { cookie }: Counter): string {
  const pair = (request.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(`${cookie}=`))
  return pair?.slice(cookie.length + 1) ?? ''
}

export const forgetToken = (response: Response, { path, cookie }: Counter): void =>
  void response.clearCookie(cookie, { path })
