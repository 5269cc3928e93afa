/** Refuses what another site makes a browser send: every write, and every read of the JSON API. */
import type { Request, RequestHandler } from 'express'
import { env } from '../env.ts'

const isRead = (request: Request): boolean => request.method === 'GET' || request.method === 'HEAD'

const ownOrigins = (request: Request): string[] => [
  new URL(env().PUBLIC_URL).origin,
  `${request.protocol}://${request.get('host')}`,
]

/**
 * Browsers name the initiator in `Sec-Fetch-Site` over https and on localhost, and in `Origin` on every write.
 * A client that names neither is no browser a victim sits at, but a write must still say where it comes from.
 */
function isOwn(request: Request): boolean {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && isRead(request))
  const origin = request.get('origin')
  if (origin !== undefined) return ownOrigins(request).includes(origin)
  return isRead(request)
}

export const sameOrigin: RequestHandler = (request, response, next) => {
  const isPage = isRead(request) && !request.path.startsWith('/api/') && !request.path.startsWith('/desk/')
  if (isPage || isOwn(request)) return next()
  response.status(403).json({ error: 'cross-site' })
}
