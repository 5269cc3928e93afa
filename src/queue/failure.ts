/** What is kept of an error that stopped background work: a code to translate and a text safe to show. */
import { DomainError } from '../domain/errors.ts'

/** `code` is a kebab-case key under `errors.*`; `text` is one line without credentials, at most 300 characters. */
export type Failure = Readonly<{ code: string; text: string }>

/** Trying again cannot help: the message dies at once, whatever attempts are left. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure'
  readonly code: string

  constructor(code: string, text: string = code) {
    super(text)
    this.code = code
  }
}

/** Not now: the message is tried again after a pause the handler chose, because its reader is told when. */
export class TryLater extends Error {
  override readonly name = 'TryLater'
  readonly code: string
  readonly delaySeconds: number

  constructor(code: string, text: string, delaySeconds: number) {
    super(text)
    this.code = code
    this.delaySeconds = delaySeconds
  }
}

/** The message belongs to somebody else by now; whatever was computed must not be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

const networkCodes = new Map([
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-lost'],
  ['EPIPE', 'connection-lost'],
  ['ECONNECTION', 'connection-refused'],
  ['ESOCKET', 'connection-lost'],
  ['ENOTFOUND', 'host-not-found'],
  ['EDNS', 'host-not-found'],
  ['ETIMEDOUT', 'timed-out'],
  ['ENOSPC', 'disk-full'],
])

/** Describes any thrown value without its stack, secrets of addresses removed. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof DomainError || error instanceof PermanentFailure || error instanceof TryLater)
    return { code: error.code, text: safeText(error.message) }
  if (!(error instanceof Error)) return { code: 'internal', text: safeText(String(error)) }
  if (error.name === 'TimeoutError') return { code: 'timed-out', text: safeText(error.message) }
  const system = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { code: networkCodes.get(system) ?? 'internal', text: safeText(error.message) }
}

const safeText = (text: string): string =>
  (text.split('\n')[0] ?? '').replace(/\/\/[^/@\s]*@/g, '//***@').slice(0, 300)
