/** The JSON questions of the back-office screens: `/admin/desk/*`, behind the guard. */
import { Router } from 'express'
import { z } from 'zod'
import type { Context } from '../../operations/operation.ts'
import { pauseJob, resumeJob, retryFailures, runJob, skipFailures } from '../../operations/jobs/mend-jobs.ts'
import { lineStandings } from '../../queries/accounting/line-standing.ts'
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
import { folderUploads } from '../folder-uploads.ts'
import { actorOf } from './actor-of.ts'
import { act, ask, asked, contextOf, noStore, read } from './answers.ts'
import { identityRoutes } from './identity-routes.ts'
import { ownScreen, resourceId, type ScreenParts } from './own-screen.ts'
import { cancelImport, registerRoutes, registerUploads } from './register-routes.ts'

/** What the desk asks of the back office around it. */
export type DeskParts = ScreenParts &
  Readonly<{
    /** Stops an export of this person's. */
    cancelExport: (context: Context, input: { exportId: number }) => Promise<unknown>
  }>

const id = z.coerce.number().int().positive()
const page = z.coerce.number().int().min(1).max(400).default(1)
const kinds = sources.map(({ kind }) => kind)
const name = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/)

const searchQuestion = z.object({ q: z.string().max(300).default('') })
const queueQuestion = z.object({ kind: z.enum(kinds).optional(), page })
const linesQuestion = z.object({
  id,
  contractId: id.optional(),
  standing: z.enum(lineStandings).optional(),
  page,
})
const historyQuestion = z.object({ resourceId, recordId: id, before: id.optional() })
const failureIds = z.object({ ids: z.array(id).min(1).max(500) })
const workToCancel = z.object({ key: z.string().regex(/^(export|register-import)-\d{1,15}$/) })

export function deskRouter({ chips, cancelExport, events }: DeskParts): Router {
  const router = Router()
  router.use(noStore)
  // These read their own bodies, file by file.
  router.use(folderUploads(), registerUploads())
  router.use(ownScreen({ chips, events }))
  router.use(registerRoutes())
  router.use(identityRoutes())

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
    '/work/cancel',
    act((request, response) => {
      const { key } = read(workToCancel, request.body)
      const number = Number(/\d+$/.exec(key)?.[0])
      return key.startsWith('export-')
        ? cancelExport(contextOf(response), { exportId: number })
        : cancelImport(contextOf(response), number)
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
