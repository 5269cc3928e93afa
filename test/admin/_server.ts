/** The back office listening on a free port, people who can sign in to it, and what a browser would send. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'ava'
import type { Router } from 'express'
import { createAdmin } from '../../admin/index.ts'
import { adminRouter } from '../../admin/router.ts'
import { createApp } from '../../src/app.ts'
import { chipCounts } from '../../admin/chips.ts'
import { cabinetRouter } from '../../src/http/cabinet/router.ts'
import { deskEvents } from '../../src/http/desk/events.ts'
import { doors } from '../../src/http/doors.ts'
import { filesRouter } from '../../src/http/files.ts'
import { sessions } from '../../src/http/sessions.ts'
import { testPassword } from '../_support/factories.ts'
import type { Side } from '../../src/policies/actor.ts'

export type Answer = {
  status: number
  text: string
  body: Body
  headers: Headers
}
type Params = Record<string, unknown>
export type Sheet = {
  params: Params
  id: string
  errors: Record<string, { message: string }>
  recordActions: { name: string }[]
  bulkActions: { name: string }[]
  refusals: Record<string, { code: string }>
  populated: Record<string, { title: string; params: Params }>
}
export type Body = {
  error?: string
  record?: Sheet
  records?: Sheet[]
  notice?: { type: string; message: string; options?: Params }
  meta?: { total: number; isCapped: boolean }
  redirectUrl?: string
  result?: unknown
}

export type Browser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  post: (path: string, payload?: unknown, headers?: Record<string, string>) => Promise<Answer>
  cookie: () => string
}

const read = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    text,
    body: isJson ? (JSON.parse(text) as Body) : {},
    headers: response.headers,
  }
}

export type BackOffice = {
  url: () => Promise<string>
  browser: () => Browser
  signIn: (email: string, side?: Side) => Promise<Browser>
}

/** Starts the application without assets; call once per file, on the top level, after the database. */
export function startBackOffice(): BackOffice {
  const stores = { staff: sessions(doors.staff), client: sessions(doors.client) }
  const events = deskEvents()
  const assets = {
    folder: '/nowhere',
    scripts: ['/admin/assets/app.js'],
    styles: [],
    fontsHref: '/admin/assets/fonts.css',
    preload: [],
  }
  const door = (side: Side, guarded: Record<string, Router>) =>
    adminRouter({
      door: doors[side],
      admin: createAdmin(side),
      assets,
      sessions: stores[side].middleware,
      guarded,
    })
  const admin = door('staff', {})
  const cabinet = door('client', {
    '/desk': cabinetRouter({ chips: chipCounts, events }),
    '/files': filesRouter(),
  })
  const server = createServer(createApp({ admin, cabinet }))
  server.listen(0, '127.0.0.1')
  // AVA wants its tests declared before anything is awaited, so the port is asked for with the first request.
  const listening = once(server, 'listening')
  const url = async () => {
    await listening
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  test.after.always('the server stops', async () => {
    await events.stop()
    for (const store of Object.values(stores)) store.close()
    server.closeAllConnections()
    server.close()
  })

  const browser = (): Browser => {
    const jar = new Map<string, string>()
    const send = async (path: string, init: RequestInit): Promise<Answer> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = {
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...(init.headers as object),
      }
      const response = await fetch((await url()) + path, { ...init, headers, redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      return read(response)
    }
    return {
      get: (path, headers = {}) => send(path, { headers }),
      post: (path, payload = {}, headers = {}) =>
        payload instanceof URLSearchParams || payload instanceof FormData
          ? send(path, { method: 'POST', body: payload, headers })
          : send(path, {
              method: 'POST',
              body: JSON.stringify(payload),
              headers: { 'content-type': 'application/json', ...headers },
            }),
      cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    }
  }

  const signIn = async (email: string, side: Side = 'staff'): Promise<Browser> => {
    const visitor = browser()
    const answer = await visitor.post(
      `${doors[side].root}/login`,
      new URLSearchParams({ email, password: testPassword }),
    )
    if (answer.status !== 303) throw new Error(`sign-in of ${email} answered ${answer.status}`)
    return visitor
  }
  return { url, browser, signIn }
}
