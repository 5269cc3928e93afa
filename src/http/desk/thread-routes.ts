/** Messages between clients and the office, the same below every guard: lists, conversations, what is being typed. */
import { Router } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/errors.ts'
import { assignThread, closeThread, reopenThread } from '../../operations/threads/arrange-thread.ts'
import { authoriseDraft } from '../../operations/threads/draft-place.ts'
import { attachToDraft, detachFromDraft, saveDraft } from '../../operations/threads/keep-drafts.ts'
import { openThread } from '../../operations/threads/open-thread.ts'
import { readThread } from '../../operations/threads/read-thread.ts'
import { replyToThread } from '../../operations/threads/reply-to-thread.ts'
import { conversation } from '../../queries/threads/conversation.ts'
import { newThread } from '../../queries/threads/new-thread.ts'
import { subjectKinds } from '../../queries/threads/subjects.ts'
import { threadList } from '../../queries/threads/thread-list.ts'
import { fileStore, type FileStore } from '../../storage/files.ts'
import { receiveFiles, removeAll } from '../receive-files.ts'
import { actorOf } from './actor-of.ts'
import { act, ask, asked, contextOf, read } from './answers.ts'

const id = z.coerce.number().int().positive()
const kind = z.enum(subjectKinds as [string, ...string[]])
const text = z.string().max(10_000)
const title = z.string().max(200)
const subject = z.strictObject({ kind, id: z.number().int().positive() })
/** In a thread, or before one about a record. */
const place = z.union([
  z.strictObject({ threadId: z.number().int().positive() }),
  z.strictObject({ subject }),
])

const listQuestion = z.object({
  view: z.enum(['waiting', 'mine', 'unread', 'all']).optional(),
  organisationId: id.optional(),
  kind: kind.optional(),
  id: id.optional(),
  page: z.coerce.number().int().min(1).max(400).default(1),
})
const written = z.strictObject({ key: z.uuid(), body: text })
const opened = z.strictObject({ key: z.uuid(), body: text, title, subject })
const seen = z.strictObject({ messageId: z.number().int().positive() })
const given = z.strictObject({ userId: z.number().int().positive().nullable() })
const draft = z.strictObject({ place, title, body: text })
const filePlace = z.object({ threadId: id.optional(), kind: kind.optional(), id: id.optional() })

const fileLimits = { bytes: 25 * 1024 * 1024, files: 1 }

export function threadRoutes(): Router {
  const router = Router()
  router.get(
    '/threads',
    ask((request, response) => threadList(actorOf(response), read(listQuestion, asked(request)))),
  )
  router.get(
    '/threads/:id',
    ask((request, response) =>
      conversation(actorOf(response), {
        threadId: read(id, request.params['id']),
        before: read(id.optional(), request.query['before']),
      }),
    ),
  )
  router.get(
    '/new-thread',
    ask((request, response) => newThread(actorOf(response), read(z.object({ kind, id }), asked(request)))),
  )
  router.post('/threads', async (request, response) => {
    const thread = await openThread(contextOf(response), read(opened, request.body))
    response.status(201).json({ id: thread.id })
  })
  router.post('/threads/:id/messages', async (request, response) => {
    const threadId = read(id, request.params['id'])
    const message = await replyToThread(contextOf(response), { threadId, ...read(written, request.body) })
    response.status(201).json({ id: message.id })
  })
  router.post(
    '/threads/:id/read',
    act((request, response) =>
      readThread(contextOf(response), {
        threadId: read(id, request.params['id']),
        ...read(seen, request.body),
      }),
    ),
  )
  router.post(
    '/threads/:id/assign',
    act((request, response) =>
      assignThread(contextOf(response), {
        threadId: read(id, request.params['id']),
        ...read(given, request.body),
      }),
    ),
  )
  for (const [verb, step] of Object.entries({ close: closeThread, reopen: reopenThread }))
    router.post(
      `/threads/:id/${verb}`,
      act((request, response) => step(contextOf(response), { threadId: read(id, request.params['id']) })),
    )
  router.post(
    '/drafts',
    act((request, response) => saveDraft(contextOf(response), read(draft, request.body))),
  )
  return router
}

/** POST /drafts/files?threadId= or ?kind=&id= and /drafts/files/:id/remove; the first reads its own body. */
export function draftFiles(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.post('/drafts/files', async (request, response) => {
    const { threadId, kind: about, id: of } = read(filePlace, request.query)
    const where =
      threadId !== undefined
        ? { threadId }
        : about !== undefined && of !== undefined
          ? { subject: { kind: about, id: of } }
          : null
    if (!where) throw new DomainError('bad-request')
    // Refused before a byte is read, so that nobody fills the disk with what will not be kept.
    await authoriseDraft(actorOf(response), where)
    const files = store()
    const received = await receiveFiles(request, files, fileLimits)
    try {
      const [file] = received.files
      if (!file) throw new DomainError('file-empty')
      const { id: made, title: name } = await attachToDraft(contextOf(response), { place: where, file })
      response.status(201).json({ id: made, title: name, size: file.size, mime: file.mime })
    } catch (fault) {
      await removeAll(files, received.files)
      throw fault
    }
  })
  router.post(
    '/drafts/files/:id/remove',
    act(async (request, response) => {
      const key = await detachFromDraft(contextOf(response), { id: read(id, request.params['id']) })
      await store().remove(key)
    }),
  )
  return router
}
