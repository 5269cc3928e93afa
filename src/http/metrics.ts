/** Figures for Prometheus: requests by route, the queue, the late jobs, the work of passwords; the only importer of prom-client. */
import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { env } from '../env.ts'
import { passwordWork } from '../operations/users/password-work.ts'
import { lateJobs, queueCounts } from '../queue/heartbeat.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry })

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'area', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
})

new Gauge({
  name: 'outbox_messages',
  help: 'Messages that are not done, by topic and state',
  labelNames: ['topic', 'state'],
  registers: [registry],
  async collect() {
    this.reset()
    for (const { topic, state, count } of await queueCounts()) this.set({ topic, state }, count)
  },
})

new Gauge({
  name: 'scheduled_job_late_seconds',
  help: 'How late a scheduled job is; absent when it is not',
  labelNames: ['job'],
  registers: [registry],
  async collect() {
    this.reset()
    for (const { name, lateSeconds } of await lateJobs()) this.set({ job: name }, lateSeconds)
  },
})

new Counter({
  name: 'password_work_total',
  help: 'Passwords hashed and checked; a flood of checks is somebody guessing',
  labelNames: ['work'],
  registers: [registry],
  collect() {
    this.reset()
    for (const [work, count] of Object.entries(passwordWork())) this.inc({ work }, count)
  },
})

// One label for each area, not for each address: ids in labels would fill the memory of Prometheus.
const areaOf = (path: string): string => {
  const [, first = '', second = ''] = path.split('/')
  return first === 'admin'
    ? `admin/${['api', 'desk', 'assets', 'files'].includes(second) ? second : 'page'}`
    : first.slice(0, 20)
}

const areas = new Set(['health', 'metrics', 'v', 'links', 'l'])

/** Times every request, also the refused ones. */
export const measure: RequestHandler = (request, response, next) => {
  const stop = duration.startTimer({ method: request.method })
  const area = areaOf(request.path)
  response.on('close', () => {
    stop({
      area: area.startsWith('admin/') || areas.has(area) ? area : 'other',
      status: String(response.statusCode),
    })
  })
  next()
}

const isLoopback = (request: Request): boolean =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '') &&
  request.get('x-forwarded-for') === undefined

function hasToken(request: Request): boolean {
  const token = env().METRICS_TOKEN
  const given = Buffer.from(request.get('authorization')?.replace(/^Bearer /, '') ?? '')
  const wanted = Buffer.from(token ?? '')
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** With METRICS_TOKEN set, its bearers; without it, this machine only. */
export const metrics: RequestHandler = async (request, response) => {
  const isAllowed = env().METRICS_TOKEN === undefined ? isLoopback(request) : hasToken(request)
  if (!isAllowed) {
    response.status(403).json({ error: 'forbidden' })
    return
  }
  response.type(registry.contentType).send(await registry.metrics())
}
