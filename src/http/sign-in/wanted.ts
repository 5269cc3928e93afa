/** Where somebody wanted to go before they were known. Kept in a cookie of its own: nobody needs no session. */
import type { Request, Response } from 'express'
import { cookieOf, sendCookie } from '../cookies.ts'
import type { Door } from '../doors.ts'
import { ownPath } from './own-path.ts'

const COOKIE = 'certdesk.wanted'
const HOUR = 3_600_000

// A browser drops a cookie above some four thousand bytes.
const LONGEST = 2000

/** The page that is being asked for; pictures, files and whatever else a page loads are not where one wants to go. */
export function keepWanted(request: Request, response: Response, { root }: Door): void {
  const isPage = (request.get('sec-fetch-dest') ?? 'document') === 'document'
  if (!isPage || request.originalUrl.length > LONGEST) return
  sendCookie(response, COOKIE, Buffer.from(request.originalUrl).toString('base64url'), {
    path: root,
    lastsMs: HOUR,
  })
}

/** A page behind this door; its first when nothing was wanted, or something that is not behind it. */
export const wantedOf = (request: Request, door: Door): string =>
  ownPath(door, Buffer.from(cookieOf(request, COOKIE) ?? '', 'base64url').toString('utf8'))

export function forgetWanted(request: Request, response: Response, { root }: Door): void {
  if (cookieOf(request, COOKIE) !== undefined) response.clearCookie(COOKIE, { path: root })
}
