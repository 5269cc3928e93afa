/** The only door to the server: `/admin/desk/*` and the AdminJS API, with failures as one kind of error. */

import type { ProfileRefusal } from '../profile-types.ts'
import type { DeskRecord, ListMeta, Refusal } from '../view-types.ts'

export type Values = Record<string, unknown>
export type Notice = {
  message: string
  type: 'success' | 'error' | 'info'
  options?: Values
  resourceId?: string
}
export type ActionButton = {
  name: string
  actionType: string
  custom?: Values
  component?: string | false | null
}
export type RecordData = Partial<DeskRecord> & {
  id: string | number
  title: string
  params: Record<string, unknown>
  populated: Record<string, RecordData | null | undefined>
  errors: Record<string, { message: string; type?: string; params?: Refusal['params'] }>
  baseError: { message: string; type?: string } | null
  recordActions: ActionButton[]
  bulkActions: ActionButton[]
}
export type ActionAnswer = {
  record?: RecordData
  records?: RecordData[]
  notice?: Notice
  redirectUrl?: string
  result?: unknown
}
export type ListAnswer = { records: RecordData[]; meta: ListMeta; notice?: Notice }

type Page = { REDUX_STATE?: { paths?: { rootPath?: string; loginPath?: string; logoutPath?: string } } }
const paths = () => (globalThis as Page).REDUX_STATE?.paths ?? {}
export const rootPath = (): string => paths().rootPath ?? '/admin'
export const logoutPath = (): string => paths().logoutPath ?? `${rootPath()}/logout`

type Said = {
  code: string
  params?: Record<string, string | number>
  fields?: Record<string, { code: string; params?: Record<string, string | number> }>
}

/** The server did not answer as hoped. `code` is a key under `screens.failure`. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly code: 'offline' | 'forbidden' | 'missing' | 'too-large' | 'broken' | 'signed-out'
  readonly status: number
  /** The refusal of the rules, when that is what it was: a code under `errors` and the fields at fault. */
  readonly said: Said | undefined
  constructor(code: RequestFailed['code'], status: number, said?: Said) {
    super(`${code} (${status})`)
    this.code = code
    this.status = status
    this.said = said
  }
}

const codeOf = (status: number): RequestFailed['code'] =>
  status === 403 ? 'forbidden' : status === 404 ? 'missing' : status === 413 ? 'too-large' : 'broken'

/** @param isStaying the screen itself says that the session has ended, and keeps what was typed */
const request = async <T>(path: string, init: RequestInit = {}, isStaying = false): Promise<T> => {
  const answer = await fetch(rootPath() + path, {
    credentials: 'same-origin',
    ...init,
    headers: { Accept: 'application/json', ...init.headers },
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new RequestFailed('offline', 0)
  })
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false
  if (answer.status === 401 || (answer.redirected && !isJson)) {
    if (!isStaying) {
      // Asked for anew the page itself leads to the door, and the door back to it.
      if (answer.status === 401) location.reload()
      else location.assign(`${rootPath()}/login`)
    }
    throw new RequestFailed('signed-out', answer.status)
  }
  if (!answer.ok) {
    const said = isJson && answer.status === 422 ? ((await answer.json()) as Said) : undefined
    throw new RequestFailed(codeOf(answer.status), answer.status, said)
  }
  if (answer.status === 204) return undefined as T
  if (!isJson) throw new RequestFailed('broken', answer.status)
  return (await answer.json()) as T
}

const query = (params: Record<string, string | number | undefined>): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(params))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return text ? `?${text}` : ''
}

const json = (payload: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(payload),
})

const formOf = (values: Values): FormData => {
  const form = new FormData()
  for (const [key, value] of Object.entries(values)) {
    if (value instanceof File) form.append(key, value)
    else if (value === null || value === undefined) form.append(key, '__FORM_VALUE_NULL__')
    else form.append(key, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return form
}

const bodyOf = (payload: Values): RequestInit =>
  Object.values(payload).some((value) => value instanceof File)
    ? { method: 'POST', body: formOf(payload) }
    : json(payload)

/** GET `/admin/desk/<path>`. */
export const desk = <T>(
  path: string,
  params: Record<string, string | number | undefined> = {},
  signal?: AbortSignal,
) => request<T>(`/desk/${path}${query(params)}`, signal ? { signal } : {})

/** POST JSON to `/admin/desk/<path>`. */
export const deskPost = <T>(path: string, payload: unknown = {}) => request<T>(`/desk/${path}`, json(payload))

/** What a person prefers, kept with the account; it outlives a page that is left right after the choice. */
export const keepPreferences = (preferences: object) =>
  request<unknown>('/desk/preferences', { ...json(preferences), keepalive: true })

/** POST to `/admin/desk/<path>` from a screen that stays when the session has ended. */
export const deskPostHere = <T>(path: string, payload: unknown = {}) =>
  request<T>(`/desk/${path}`, json(payload), true)

/** An address of the desk that the browser itself follows. */
export const deskUrl = (path: string): string => `${rootPath()}/desk/${path}`

/** Hands in the signature of the statement at the same address. */
export const signStatement = (subject: 'identity' | 'registration', file: File) =>
  request<{ refusal?: ProfileRefusal }>(`/desk/profile/signature/${subject}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  })

/** Saves a form: a new record without an id, the known one with it. */
export const saveFormOf = (resourceId: string, recordId: string | null, values: Values) =>
  request<ActionAnswer>(
    recordId
      ? `/api/resources/${resourceId}/records/${recordId}/edit`
      : `/api/resources/${resourceId}/actions/new`,
    bodyOf(values),
  )

export const listRecords = (
  resourceId: string,
  params: Record<string, string | number | undefined>,
  signal?: AbortSignal,
) =>
  request<ListAnswer>(`/api/resources/${resourceId}/actions/list${query(params)}`, signal ? { signal } : {})

export const readRecord = (resourceId: string, recordId: string, actionName = 'show', signal?: AbortSignal) =>
  request<ActionAnswer>(
    `/api/resources/${resourceId}/records/${encodeURIComponent(recordId)}/${actionName}`,
    signal ? { signal } : {},
  )

export const searchRecords = async (
  resourceId: string,
  text: string,
  filters: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<RecordData[]> => {
  const path = `/api/resources/${resourceId}/actions/search${text ? `/${encodeURIComponent(text)}` : ''}${query(filters)}`
  return (await request<{ records: RecordData[] }>(path, signal ? { signal } : {})).records
}

export const actOnRecord = (
  resourceId: string,
  recordId: string | number,
  name: string,
  payload: Values = {},
) => request<ActionAnswer>(`/api/resources/${resourceId}/records/${recordId}/${name}`, bodyOf(payload))

export const actOnRecords = (
  resourceId: string,
  ids: (string | number)[],
  name: string,
  payload: Values = {},
) =>
  request<ActionAnswer>(
    `/api/resources/${resourceId}/bulk/${name}?recordIds=${ids.map(String).map(encodeURIComponent).join(',')}`,
    bodyOf(payload),
  )

export const actOnResource = (
  resourceId: string,
  name: string,
  payload: Values = {},
  params: Record<string, string | number | undefined> = {},
) => request<ActionAnswer>(`/api/resources/${resourceId}/actions/${name}${query(params)}`, bodyOf(payload))

/** Uploads one file and tells how much of it has gone (0..1). fetch cannot tell, so this is the one XMLHttpRequest. */
export const uploadFile = (
  path: string,
  file: File,
  onProgress: (share: number) => void,
  fields: Record<string, string> = {},
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file)
    const call = new XMLHttpRequest()
    call.open('POST', rootPath() + path)
    call.responseType = 'json'
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    call.addEventListener('load', () => {
      if (call.status >= 200 && call.status < 300) resolve(call.response)
      else {
        const body = call.response as (Said & { error?: string }) | null
        const failure = new RequestFailed(codeOf(call.status), call.status, body?.code ? body : undefined)
        if (body?.code) failure.message = body.code
        reject(failure)
      }
    })
    call.addEventListener('error', () => reject(new RequestFailed('offline', 0)))
    call.send(form)
  })

/** Where a stored file is read. */
export const fileUrl = (kind: string, id: string | number, isPreview = false): string =>
  `${rootPath()}/files/${kind}/${id}${isPreview ? '?preview=1' : ''}`

export const listUrl = (resourceId: string): string => `${rootPath()}/resources/${resourceId}`
export const newUrl = (resourceId: string): string => `${listUrl(resourceId)}/actions/new`
export const recordUrl = (resourceId: string, recordId: string | number, actionName = 'show'): string =>
  `${listUrl(resourceId)}/records/${recordId}/${actionName}`
export const pageUrl = (name: string): string => `${rootPath()}/pages/${name}`
