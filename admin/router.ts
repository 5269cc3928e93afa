/** The hardened way into AdminJS: who asks is known before a byte of a body is read, and every write is a POST. */
import type AdminJS from 'adminjs'
import type { ActionContext, ActionDecorator, ActionRequest, ActionResponse, BaseRecord } from 'adminjs'
import { Router as AdminRoutes, ViewHelpers } from 'adminjs'
import { convertToExpressRoute } from '@adminjs/express'
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { DomainError } from '../src/domain/errors.ts'
import { assets as serveAssets } from '../src/http/assets.ts'
import { enterRequest, keepPrincipal, principalOf } from '../src/http/current-request.ts'
import type { Door } from '../src/http/doors.ts'
import { isForProgram } from '../src/http/for-program.ts'
import { loadPrincipal } from '../src/http/principal.ts'
import { bodyOf, readBody } from '../src/http/read-body.ts'
import { sameOrigin } from '../src/http/same-origin.ts'
import { nonceOf, securityHeaders } from '../src/http/security-headers.ts'
import { sendCompressed } from '../src/http/send-compressed.ts'
import { doorRoutes } from '../src/http/sign-in/door-routes.ts'
import { ownRoutes, requireReady } from '../src/http/sign-in/own-routes.ts'
import { keepWanted } from '../src/http/sign-in/wanted.ts'
import { refusalAnswer } from './actions.ts'
import { ScopedResource } from './adapter.ts'
import { ScopedRecord } from './scoped-record.ts'
import type { Assets } from './bundle.ts'
import { page } from './page.ts'

export type RouterParts = Readonly<{
  door: Door
  admin: AdminJS
  assets: Assets
  sessions: RequestHandler
  /** Routers mounted behind the guard, by path below the door; they read their own bodies. */
  guarded: Readonly<Record<string, Router>>
}>

/** Loads the person behind the session, as they are now; everybody else is sent to the door. */
const guard =
  (door: Door): RequestHandler =>
  async (request, response, next) => {
    const principal = await loadPrincipal(door.side, request.session)
    if (principal) {
      keepPrincipal(response, principal)
      return next()
    }
    if (isForProgram(request)) {
      response
        .status(401)
        .json({ error: 'signed-out', notice: { type: 'error', message: 'errors.signed-out' } })
      return
    }
    if (request.method === 'GET') keepWanted(request, response, door)
    // What was posted is not sent on: the door is opened, and the person does it again.
    response.redirect(303, `${door.root}/login`)
  }

/** AdminJS's forms write «nothing» as words of its own. */
function decoded(value: unknown): unknown {
  if (value === '__FORM_VALUE_NULL__') return null
  if (value === '__FORM_VALUE_EMPTY_ARRAY__') return []
  return value === '__FORM_VALUE_EMPTY_OBJECT__' ? {} : value
}

function payloadOf(response: Response): Record<string, unknown> {
  const { fields, files } = bodyOf(response)
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, decoded(value)])),
    ...files,
  }
}

// What may be read; whatever else an action is, it changes something and must be a POST.
const readable = new Set(['list', 'search', 'show', 'edit', 'new'])
const readOnly = new Set(['list', 'search', 'show'])

type Asked = { resourceId: string; action: string; recordId?: string; query?: string }

function findResource(admin: AdminJS, id: string): ScopedResource {
  const resource = admin.resources.find((one) => one instanceof ScopedResource && one.id() === id)
  if (!(resource instanceof ScopedResource)) throw new DomainError('not-found')
  return resource
}

const idsOf = (request: Request): string[] =>
  String(request.query['recordIds'] ?? '')
    .split(',')
    .filter(Boolean)

/** The records an action is about, as far as this person may know of them. */
async function subjects(
  kind: 'resource' | 'record' | 'bulk',
  resource: ScopedResource,
  asked: Asked,
  request: Request,
): Promise<{ record?: BaseRecord; records?: BaseRecord[] }> {
  if (kind === 'resource') return {}
  if (kind === 'record') {
    const record = await resource.findOne(asked.recordId ?? '')
    if (!record) throw new DomainError('not-found')
    await resource.lookUpReferences([record])
    return { record }
  }
  const ids = idsOf(request)
  const records = await resource.findMany(ids)
  // All or nothing: a tick on a record of somebody else must not be dropped silently.
  if (ids.length === 0 || records.length !== new Set(ids).size) throw new DomainError('not-found')
  return { records }
}

const kinds = {
  resource: (action: ActionDecorator) => action.isResourceType(),
  record: (action: ActionDecorator) => action.isRecordType(),
  bulk: (action: ActionDecorator) => action.isBulkType(),
}

/** Answers one call of the AdminJS API; refusals are answers too, with a notice the screen shows. */
function api(admin: AdminJS, kind: 'resource' | 'record' | 'bulk'): RequestHandler {
  const h = new ViewHelpers({ options: admin.options as never })
  return async (request, response) => {
    const asked = request.params as unknown as Asked
    const resource = findResource(admin, asked.resourceId)
    const action = resource.decorate().actions[asked.action]
    const isOfKind = action && kinds[kind](action)
    if (!action || !isOfKind) throw new DomainError('not-found')
    const method = request.method === 'POST' ? 'post' : 'get'
    if (method === 'get' ? !readable.has(asked.action) : readOnly.has(asked.action)) {
      response
        .set('Allow', method === 'get' ? 'POST' : 'GET')
        .status(405)
        .json({ error: 'wrong-method' })
      return
    }
    const context = {
      resource,
      action,
      h,
      currentAdmin: principalOf(response).signedIn,
      _admin: admin,
    } as unknown as ActionContext
    const answer = await answerOf(resource, asked, request, response, context, kind, method)
    await sendCompressed(request, response, 'json', JSON.stringify(answer))
  }
}

async function answerOf(
  resource: ScopedResource,
  asked: Asked,
  request: Request,
  response: Response,
  context: ActionContext,
  kind: 'resource' | 'record' | 'bulk',
  method: 'get' | 'post',
): Promise<ActionResponse> {
  try {
    Object.assign(context, await subjects(kind, resource, asked, request))
    const actionRequest: ActionRequest = {
      params: { ...asked },
      query: { ...request.query },
      payload: payloadOf(response),
      method,
    }
    const { action } = context
    const all = context.record ? [context.record] : (context.records ?? [undefined])
    const { currentAdmin } = context
    if (!all.every((record) => action.isAccessible(currentAdmin as never, record as never)))
      throw refused(all, action.name)
    return (await action.handler(actionRequest, response, context)) as ActionResponse
  } catch (fault) {
    return refusalAnswer(fault, context)
  }
}

/** «Not now» when only the state forbids it, «forbidden» when the person may never do it. */
function refused(records: (BaseRecord | undefined)[], name: string): DomainError {
  const refusals = records.map((record) =>
    record instanceof ScopedRecord ? record.toJSON().refusals[name] : undefined,
  )
  const refusal = refusals.find((one) => one !== undefined)
  return refusal ? new DomainError(refusal.code, refusal.params) : new DomainError('forbidden')
}

const kindOfRoute: Readonly<Record<string, 'resource' | 'record' | 'bulk'>> = {
  resourceAction: 'resource',
  recordAction: 'record',
  bulkAction: 'bulk',
}

/** Everything below a door, in the order a request passes it. */
export function adminRouter({ door, admin, assets, sessions, guarded }: RouterParts): Router {
  const router = Router()
  router.use('/assets', serveAssets(assets.folder))
  router.use(securityHeaders, sessions, sameOrigin)
  const look = { passkeyHref: assets.passkeyHref }
  router.use(doorRoutes(door, look))
  router.use(guard(door))
  router.use(ownRoutes(door, look))
  router.use(requireReady(door))
  for (const [path, inner] of Object.entries(guarded)) router.use(path, enterRequest, inner)
  router.use(readBody, enterRequest)

  router.get('/api/dashboard', (_request, response) => void response.json({}))
  router.get('/api/pages/:pageName', (_request, response) => void response.json({}))
  const shell: RequestHandler = async (request, response) => {
    const { signedIn } = principalOf(response)
    await sendCompressed(request, response, 'html', await page(admin, signedIn, assets, nonceOf(response)))
  }
  router.get('/', shell)
  router.get('/pages/:pageName', shell)
  router.get('/resources/:resourceId', shell)
  // The table of routes is AdminJS's own, so an upgrade that adds a kind of address is served like the others.
  for (const { method, path, action } of AdminRoutes.routes) {
    const kind = kindOfRoute[action]
    if (!kind) continue
    const address = convertToExpressRoute(path)
    if (!path.startsWith('/api/')) router.get(address, shell)
    else if (method === 'POST') router.post(address, api(admin, kind))
    else router.get(address, api(admin, kind))
  }
  return router
}
