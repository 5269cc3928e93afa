/** The web half of a process: assets, back office, application, a listening port, and the way to stop them in order. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router, type Express } from 'express'
import { createAdmin } from '../admin/index.ts'
import { bundle, type Assets } from '../admin/bundle.ts'
import { chipCounts } from '../admin/chips.ts'
import { adminRouter } from '../admin/router.ts'
import { componentLoader } from '../admin/components/index.ts'
import { createApp } from './app.ts'
import { env } from './env.ts'
import { cabinetRouter } from './http/cabinet/router.ts'
import { deskEvents } from './http/desk/events.ts'
import { deskRouter } from './http/desk/router.ts'
import { doors } from './http/doors.ts'
import { filesRouter } from './http/files.ts'
import { linkPages } from './http/links/link-pages.ts'
import { verificationPage } from './http/links/verification-page.ts'
import { outboxViewer } from './http/outbox-viewer.ts'
import { printLetter } from './http/print-letter.ts'
import { printTogether } from './http/print-together.ts'
import { profileRouter } from './http/profile/profile-router.ts'
import { sessions } from './http/sessions.ts'
import { log } from './log.ts'
import { cancelExport } from './operations/exports/export-register.ts'
import { identityLetterDocument } from '../templates/documents/identity-letter/document.ts'
import { mailPreviews } from '../templates/previews.ts'

export type Web = Readonly<{
  /** Where it listens; the port is real also when 0 was asked for. */
  url: string
  /** What listens: its table of routes is read by the matrix of rights. */
  app: Express
  /** Stops accepting, lets open answers end for `patienceMs`, then cuts them. Does not close the database. */
  stop: (patienceMs?: number) => Promise<void>
}>

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })

const close = (server: Server, patienceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })

// Captured letters carry one-time links: they are shown on a machine of one person's own, and never in production.
const capturedMail = (): Router[] =>
  env().SMTP_URL === undefined && env().NODE_ENV !== 'production' ? [outboxViewer(), mailPreviews()] : []

export type WebOptions = Readonly<{
  /** 0 takes a free one. */
  port?: number
  host?: string
  /** Whether letters captured on this machine may be read at `/outbox`. */
  isTrial?: boolean
  /** Built already; without them they are built now. */
  assets?: Assets
}>

export async function startWeb(options: WebOptions = {}): Promise<Web> {
  const { port = env().PORT, host = env().HOST, isTrial = false } = options
  const assets = options.assets ?? (await bundle(componentLoader))
  const stores = { staff: sessions(doors.staff), client: sessions(doors.client) }
  const events = deskEvents()
  const screen = { chips: chipCounts, events }
  const admin = adminRouter({
    door: doors.staff,
    admin: createAdmin('staff'),
    assets,
    sessions: stores.staff.middleware,
    guarded: {
      '/desk/profile': profileRouter(doors.staff),
      '/desk': deskRouter({ ...screen, cancelExport }),
      '/files': filesRouter(),
      '/letters': printLetter(identityLetterDocument),
      '/print': printTogether(),
    },
  })
  const cabinet = adminRouter({
    door: doors.client,
    admin: createAdmin('client'),
    assets,
    sessions: stores.client.middleware,
    guarded: {
      '/desk/profile': profileRouter(doors.client),
      '/desk': cabinetRouter(screen),
      '/files': filesRouter(),
      '/print': printTogether(),
    },
  })
  const pages = [linkPages(), verificationPage(), ...(isTrial ? capturedMail() : [])]
  const app = createApp({ admin, cabinet, pages, fontsHref: assets.fontsHref })
  const server = createServer(app)
  // A proxy that keeps its connections longer than we do would send into closed ones.
  server.keepAliveTimeout = 75_000
  await listen(server, port, host)
  const { port: taken } = server.address() as AddressInfo
  log.info({ port: taken }, 'listening')
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${taken}`,
    app,
    async stop(patienceMs = 10_000) {
      // The streams of open screens never end by themselves.
      await events.stop()
      await close(server, patienceMs)
      for (const store of Object.values(stores)) store.close()
    },
  }
}
