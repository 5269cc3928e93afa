/** How a session begins: always under a new id, so that one planted before the sign-in is worth nothing after it. */
import type { Request } from 'express'
import { keepOwner, type Way } from '../sessions.ts'

const promised = (work: (done: (fault: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => work((fault) => (fault ? reject(fault) : resolve())))

export const regenerateSession = (request: Request): Promise<void> =>
  promised((done) => request.session.regenerate(done))

export const saveSession = (request: Request): Promise<void> => promised((done) => request.session.save(done))

export const destroySession = (request: Request): Promise<void> =>
  promised((done) => request.session.destroy(done))

/** `way` is how the person proved who they are; a session that is opened anew keeps it and for whom they act. */
export async function openSession(
  request: Request,
  { id, sessionVersion }: { id: number; sessionVersion: number },
  way: Way = request.session.way ?? 'password',
): Promise<void> {
  const { membershipId } = request.session
  await regenerateSession(request)
  const now = Date.now()
  Object.assign(request.session, {
    userId: id,
    sessionVersion,
    way,
    signedInAt: now,
    provedAt: now,
    ...(membershipId !== undefined && { membershipId }),
  })
  await saveSession(request)
  await keepOwner(request.sessionID, {
    userId: id,
    way,
    address: request.ip ?? null,
    device: request.get('user-agent')?.slice(0, 300) ?? null,
  })
}
