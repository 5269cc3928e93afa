/** Structured log lines that know the operation and the actor of the moment. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { pino } from 'pino'
import { env } from './env.ts'

export type LogContext = {
  operation?: string
  actor?: string
  actorId?: number | null
  job?: string
  requestId?: string
}

const context = new AsyncLocalStorage<LogContext>()

const secretFields = [
  'password',
  'passwordHash',
  'password_hash',
  'token',
  'secret',
  'cookie',
  'authorization',
  'set-cookie',
  'sessionId',
  'sid',
]

export const log = pino({
  level: env().LOG_LEVEL,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  mixin: () => ({ ...context.getStore() }),
  redact: {
    paths: secretFields.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
    censor: '***',
  },
})

/** Adds fields to every line logged while `work` runs, on top of those already there. */
export const withLogContext = <T>(fields: LogContext, work: () => T): T =>
  context.run({ ...context.getStore(), ...fields }, work)
