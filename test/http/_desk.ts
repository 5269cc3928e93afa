/** The desk of the back office behind a guard that lets one actor in, for tests over HTTP. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ExecutionContext } from 'ava'
import express from 'express'
import { keepPrincipal } from '../../src/http/current-request.ts'
import { deskEvents } from '../../src/http/desk/events.ts'
import { deskRouter } from '../../src/http/desk/router.ts'
import { errorHandler } from '../../src/http/errors.ts'
import { filesRouter } from '../../src/http/files.ts'
import { folderUploads } from '../../src/http/folder-uploads.ts'
import type { Actor } from '../../src/policies/actor.ts'
import type { FileStore } from '../../src/storage/files.ts'

const storeOfNothing = (): FileStore => {
  throw new Error('this test opens no file')
}

/** Listens until the end of the test; `cancelled` collects the exports somebody stopped. */
export async function startDesk(t: ExecutionContext, actor: Actor, store: () => FileStore = storeOfNothing) {
  const app = express()
  app.use((_request, response, next) => {
    keepPrincipal(response, { actor, signedIn: {} as never, mustChangePassword: false, mustEnrol: false })
    next()
  })
  const events = deskEvents()
  const cancelled: number[] = []
  app.use('/admin/desk', folderUploads(store))
  app.use(
    '/admin/desk',
    deskRouter({
      chips: async (resourceId) => ({ [resourceId]: { count: 1, isCapped: false } }),
      cancelExport: async (_context, { exportId }) => cancelled.push(exportId),
      events,
    }),
  )
  app.use('/admin/files', filesRouter(store))
  app.use(errorHandler)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Asker and answerer share one thread here: on a busy machine a connection may look open when it was given up.
  server.keepAliveTimeout = 0
  t.teardown(async () => {
    await events.stop()
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`
  const post = (path: string, body: unknown) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    })
  return { base, post, cancelled, get: (path: string) => fetch(`${base}${path}`) }
}
