/** How a screen's JSON question is read and answered: checked input, one shape of answers, nothing kept by caches. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import type { Context } from '../../operations/operation.ts'
import { actorOf } from './actor-of.ts'

/** @throws DomainError `bad-request` naming the parts that are not right */
export function read<Schema extends z.ZodType>(schema: Schema, asked: unknown): z.output<Schema> {
  const parsed = schema.safeParse(asked)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', { code: 'bad-value' }])
  throw new DomainError('bad-request', undefined, Object.fromEntries(faults))
}

export const asked = (request: Request): Record<string, unknown> => ({ ...request.query, ...request.params })

export const contextOf = (response: Response): Context => ({ actor: actorOf(response), now: new Date() })

/** A question: what it finds is the answer. */
export const ask =
  (question: (request: Request, response: Response) => Promise<unknown>): RequestHandler =>
  async (request, response) => {
    response.json(await question(request, response))
  }

/** A step: done, or refused by an error. */
export const act =
  (step: (request: Request, response: Response) => Promise<unknown>): RequestHandler =>
  async (request, response) => {
    await step(request, response)
    response.status(204).end()
  }

export const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}
