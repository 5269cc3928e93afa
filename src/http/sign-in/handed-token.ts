/** The token of a letter on its way from the address to one page: in a cookie of that page alone, so that no history keeps it. */
import type { Request, Response } from 'express'
import { cookieOf, sendCookie } from '../cookies.ts'

const HOUR = 3_600_000

/** Where a token is taken out of the address and what the cookie of its page is called. */
export type Counter = Readonly<{ path: string; cookie: string }>

/** The link is not used up by being looked at, as programs that read letters do. */
export function handOver(response: Response, { path, cookie }: Counter, token: string): void {
  sendCookie(response, cookie, token, { path, lastsMs: HOUR })
  const language = response.req.query['lang'] === 'en' ? '?lang=en' : ''
  response.redirect(303, path + language)
}

export const handedToken = (request: Request, { cookie }: Counter): string => cookieOf(request, cookie) ?? ''

export const forgetToken = (response: Response, { path, cookie }: Counter): void =>
  void response.clearCookie(cookie, { path })
