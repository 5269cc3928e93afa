/** The JSON questions of the back-office screens: `/admin/desk/*`, behind the guard. */
import { Router, json, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { ChipCounts } from '../../../admin/desk-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { languages } from '../../domain/language.ts'
import type { Context } from '../../operations/operation.ts'
import { pauseJob, resumeJob, retryFailures, runJob, skipFailures } from '../../operations/jobs/mend-jobs.ts'
import { savePreferences } from '../../operations/preferences/save-preferences.ts'
import { requestLines } from '../../queries/accounting/request-lines.ts'
import { recordHistory } from '../../queries/history/record-history.ts'
import { home } from '../../queries/home/home.ts'
import { jobsConsole } from '../../queries/jobs/jobs-console.ts'
import { organisationCard } from '../../queries/organisations/organisation-card.ts'
import { organisationLines } from '../../queries/organisations/organisation-lines.ts'
import { counters } from '../../queries/queue/counters.ts'
import { myQueue } from '../../queries/queue/my-queue.ts'
import { sources } from '../../queries/queue/sources.ts'
import { searchEverything } from '../../queries/search/search-everything.ts'
import { myWork } from '../../queries/work/my-work.ts'
import { enterRequest } from '../current-request.ts'
import { folderUploads } from '../folder-uploads.ts'
import { actorOf } from './actor-of.ts'
import type { DeskEvents } from './events.ts'

/** What the desk asks of the back office around it. */
export type DeskParts = Readonly<{
  /** How many rows each chip of a list would show with the other conditions of the address kept. */
  chips: (resourceId: string, query: Readonly<Record<string, unknown>>) => Promise<ChipCounts>
  /** Stops an export of this person's. */
  cancelExport: (context: Context, input: { exportId: number }) => Promise<unknown>
  events: DeskEvents
}>

const id = z.coerce.number().int().positive()
const page = z.coerce.number().int().min(1).max(400).default(1)
const resourceId = z.string().regex(/^[a-z][a-z-]{1,40}$/)
const kinds = sources.map(({ kind }) => kind)
const name = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/)

const searchQuestion = z.object({ q: z.string().max(300).default('') })
const queueQuestion = z.object({ kind: z.enum(kinds).optional(), page })
const linesQuestion = z.object({ id, contractId: id.optional(), page })
const historyQuestion = z.object({ resourceId, recordId: id, before: id.optional() })
const failureIds = z.object({ ids: z.array(id).min(1).max(500) })
const property = z.string().max(60)
const wishes = z.strictObject({
  language: z.enum(languages).optional(),
  columns: z.record(resourceId, z.array(property).max(60)).optional(),
  perPage: z.number().int().min(5).max(500).optional(),
  recent: z.array(z.number().int().positive()).max(20).optional(),
})

/** @throws DomainError `bad-request` naming the parts that are not right */
function read<Schema extends z.ZodType>(schema: Schema, asked: unknown): z.output<Schema> {
  const parsed = schema.safeParse(asked)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', { code: 'bad-value' }])
  throw new DomainError('bad-request', undefined, Object.fromEntries(faults))
}

const asked = (request: Request): Record<string, unknown> => ({ ...request.query, ...request.params })

const contextOf = (response: Response): Context => ({ actor: actorOf(response), now: new Date() })

/** A question: what it finds is the answer. */
const ask =
  (question: (request: Request, response: Response) => Promise<unknown>): RequestHandler =>
  async (request, response) => {
    response.json(await question(request, response))
  }

/** A step: done, or refused by an error. */
const act =
  (step: (request: Request, response: Response) => Promise<unknown>): RequestHandler =>
  async (request, response) => {
    await step(request, response)
    response.status(204).end()
  }

export function deskRouter({ chips, cancelExport, events }: DeskParts): Router {
  const router = Router()
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/events', events.handler)
  // Reads its own body, file by file.
  router.use(folderUploads())
  router.use(json({ limit: '64kb' }), enterRequest)

  router.get(
    '/search',
    ask((request, response) =>
      searchEverything(actorOf(response), { query: read(searchQuestion, asked(request)).q }),
    ),
  )
  router.get(
    '/counters',
    ask((_request, response) => counters(actorOf(response))),
  )
  router.get(
    '/chips/:resourceId',
    ask((request) => chips(read(resourceId, request.params['resourceId']), request.query)),
  )
  router.get(
    '/queue',
    ask((request, response) => myQueue(actorOf(response), read(queueQuestion, asked(request)))),
  )
  router.get(
    '/home',
    ask((_request, response) => home(actorOf(response))),
  )
  router.get(
    '/work',
    ask((_request, response) => myWork(actorOf(response))),
  )
  router.get(
    '/organisations/:id',
    ask((request, response) =>
      organisationCard(actorOf(response), { organisationId: read(id, request.params['id']) }),
    ),
  )
  router.get(
    '/organisations/:id/lines',
    ask((request, response) => {
      const { id: organisationId, ...rest } = read(linesQuestion, asked(request))
      return organisationLines(actorOf(response), { organisationId, ...rest })
    }),
  )
  router.get(
    '/accounting-requests/:id/lines',
    ask((request, response) =>
      requestLines(actorOf(response), { requestId: read(id, request.params['id']) }),
    ),
  )
  router.get(
    '/history/:resourceId/:recordId',
    ask((request, response) => recordHistory(actorOf(response), read(historyQuestion, asked(request)))),
  )
  router.get(
    '/jobs',
    ask((_request, response) => jobsConsole(actorOf(response))),
  )

  router.post(
    '/preferences',
    act((request, response) => savePreferences(contextOf(response), read(wishes, request.body))),
  )
  router.post(
    '/work/cancel',
    act((request, response) => {
      const { key } = read(z.object({ key: z.string().regex(/^export-\d{1,15}$/) }), request.body)
      return cancelExport(contextOf(response), { exportId: Number(key.slice('export-'.length)) })
    }),
  )

  router.post(
    '/jobs/failures/retry',
    act((request, response) => retryFailures(contextOf(response), read(failureIds, request.body))),
  )
  router.post(
    '/jobs/failures/:id/retry',
    act((request, response) => retryFailures(contextOf(response), { ids: [read(id, request.params['id'])] })),
  )
  router.post(
    '/jobs/failures/:id/skip',
    act((request, response) => skipFailures(contextOf(response), { ids: [read(id, request.params['id'])] })),
  )
  for (const [verb, operation] of Object.entries({ run: runJob, pause: pauseJob, resume: resumeJob }))
    router.post(
      `/jobs/:name/${verb}`,
      act((request, response) =>
        operation(contextOf(response), { name: read(name, request.params['name']) }),
      ),
    )
  return router
}
