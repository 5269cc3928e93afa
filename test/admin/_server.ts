/** The back office listening on a free port, people who can sign in to it, and what a browser would send. */
import test from 'ava'
import type { Express } from 'express'
import { doors } from '../../src/http/doors.ts'
import { startWeb } from '../../src/start-web.ts'
import type { Side } from '../../src/policies/actor.ts'
import { testPassword } from '../_support/factories.ts'
import { noScripts } from './_no-scripts.ts'

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
  file: string | null
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
  app: () => Promise<Express>
  /** `at` is another process of the product, `from` an address that a trusted proxy names. */
  browser: (from?: { at?: string; from?: string }) => Browser
  signIn: (email: string, side?: Side, password?: string) => Promise<Browser>
}

/** Starts the web half of the product without its scripts; call once per file, on the top level, after the database. */
export function startBackOffice(): BackOffice {
  // AVA wants its tests declared before anything is awaited, so the port is asked for with the first request.
  const starting = startWeb({ port: 0, host: '127.0.0.1', assets: noScripts })
  const url = async () => (await starting).url
  const app = async () => (await starting).app
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= starting.then((web) => web.stop(0)))
  // Before the hooks that always run: one of those drops the database.
  test.after('the server stops', stop)
  test.after.always('the server has stopped', stop)

  const browser: BackOffice['browser'] = ({ at, from } = {}) => {
    const jar = new Map<string, string>()
    const send = async (path: string, init: RequestInit): Promise<Answer> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = {
        'sec-fetch-site': 'same-origin',
        ...(from && { 'x-forwarded-for': from }),
        ...(cookie && { cookie }),
        ...(init.headers as object),
      }
      const response = await fetch((at ?? (await url())) + path, { ...init, headers, redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      return read(response)
    }
    return {
      get: (path, headers = {}) => send(path, { headers }),
      post: (path, payload = {}, headers = {}) =>
        payload instanceof URLSearchParams || payload instanceof FormData || payload instanceof Uint8Array
          ? send(path, { method: 'POST', body: payload as BodyInit, headers })
          : send(path, {
              method: 'POST',
              body: JSON.stringify(payload),
              headers: { 'content-type': 'application/json', ...headers },
            }),
      cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    }
  }

  const signIn = async (email: string, side: Side = 'staff', password = testPassword): Promise<Browser> => {
    const visitor = browser()
    const answer = await visitor.post(`${doors[side].root}/login`, new URLSearchParams({ email, password }))
    if (answer.status !== 303) throw new Error(`sign-in of ${email} answered ${answer.status}`)
    return visitor
  }
  return { url, app, browser, signIn }
}
