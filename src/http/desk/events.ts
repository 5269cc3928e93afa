/** Tells open screens that their numbers changed: one LISTEN for the process, one event stream for each page. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Client } from 'pg'
import { deskChannel, type DeskNotice } from '../../db/notify-desk.ts'
import { dedicatedClient } from '../../db/pool.ts'
import { log } from '../../log.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { unreadCounts } from '../../queries/notifications/my-notifications.ts'
import { loadPrincipal } from '../principal.ts'
import { actorOf } from './actor-of.ts'

const topics = ['counters', 'work', 'notifications'] as const
type Topic = (typeof topics)[number]

const gatherMs = 300
const countAfterMs = 50
const heartbeatMs = 25_000

type Screen = {
  actor: Actor
  tell: (topic: Topic) => void
  /** The number of the bell; null when it could not be counted and the screen asks for itself. */
  ring: (unread: number | null) => void
  /** Ends the stream unless its person may still hear under the same rights. */
  check: () => void
  close: () => void
}

export type DeskEvents = {
  /** GET /events */
  handler: RequestHandler
  /** Closes all streams and the connection; later requests are answered 503. */
  stop: () => Promise<void>
}

/** A notice to a whole office is for its staff; a client hears of what is its own, by name. */
const concerns = ({ officeId, organisationId, userId, userIds }: DeskNotice, actor: Actor): boolean => {
  if (userId != null) return userId === actor.id
  if (userIds) return actor.id !== null && userIds.includes(actor.id)
  if (sideOf(actor) === 'client') return organisationId != null && organisationId === actor.organisationId
  return officeId == null || actor.officeId === null || officeId === actor.officeId
}

/** `handler` belongs behind the guard. The connection is made for the first screen and kept. */
export function deskEvents(): DeskEvents {
  const screens = new Set<Screen>()
  const stopped = new AbortController()
  let listening: Promise<void> | undefined
  let client: Client | undefined
  const ringing = new Set<Screen>()
  let counting: NodeJS.Timeout | undefined

  const fan = (payload: string | undefined) => {
    const notice = readNotice(payload)
    if (!notice) return
    for (const screen of screens) {
      if (!concerns(notice, screen.actor)) continue
      if (notice.topic === 'session') screen.check()
      else tell(screen, notice.topic)
    }
  }

  // A message to everybody is one question to the database, not one for each open screen.
  const tell = (screen: Screen, topic: Topic) => {
    if (topic !== 'notifications') return screen.tell(topic)
    ringing.add(screen)
    counting ??= setTimeout(() => void countAndRing(), countAfterMs)
  }
  const countAndRing = async () => {
    counting = undefined
    const due = [...ringing]
    ringing.clear()
    try {
      const counts = await unreadCounts(due.map(({ actor }) => actor))
      due.forEach(({ ring }, at) => ring(counts[at] ?? 0))
    } catch (fault) {
      log.warn({ err: fault }, 'unread notifications were not counted')
      for (const { ring } of due) ring(null)
    }
  }

  const listen = async (): Promise<void> => {
    let delay = 200
    while (!stopped.signal.aborted) {
      try {
        const next = (client = dedicatedClient())
        const lost = new Promise<void>((resolve) => next.once('end', () => resolve()))
        next.on('notification', ({ payload }) => fan(payload))
        await next.connect()
        await next.query(`listen ${deskChannel}`)
        delay = 200
        // Whatever was told while nobody listened is looked up now.
        for (const screen of screens) {
          for (const topic of topics) tell(screen, topic)
          screen.check()
        }
        await lost
      } catch (fault) {
        log.warn({ err: fault }, 'the desk does not hear of changes, it tries again')
        await client
          ?.end()
          .catch((error: unknown) => log.debug({ err: error }, 'a broken connection did not end'))
      }
      // An aborted sleep is how the stop arrives here.
      await sleep(delay, undefined, { signal: stopped.signal }).catch(() => undefined)
      delay = Math.min(delay * 2, 5000)
    }
  }

  const handler: RequestHandler = (request, response) => {
    if (stopped.signal.aborted) {
      response.status(503).json({ error: 'stopping', code: 'stopping' })
      return
    }
    listening ??= listen()
    const screen = open(request, response, () => screens.delete(screen))
    screens.add(screen)
    tell(screen, 'notifications')
  }

  return {
    handler,
    async stop() {
      stopped.abort()
      clearTimeout(counting)
      for (const screen of screens) screen.close()
      await client
        ?.end()
        .catch((error: unknown) => log.debug({ err: error }, 'the connection was gone already'))
      await listening
    },
  }
}

function readNotice(payload: string | undefined): DeskNotice | null {
  try {
    const notice = JSON.parse(payload ?? '') as Partial<DeskNotice> | null
    const topic = [...topics, 'session' as const].find((one) => one === notice?.topic)
    return topic ? { ...notice, topic } : null
  } catch (fault) {
    log.warn({ err: fault }, 'a notice to the desk is not JSON')
    return null
  }
}

function open(request: Request, response: Response, onClose: () => void): Screen {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  })
  response.write('retry: 3000\n\n')
  const actor = actorOf(response)
  const waiting = new Set<Topic>()
  let gathering: NodeJS.Timeout | undefined
  const flush = () => {
    gathering = undefined
    for (const topic of waiting) response.write(`event: ${topic}\ndata: null\n\n`)
    waiting.clear()
  }
  const check = () => {
    isStillSignedIn(request, actor).then(
      (isIn) => isIn || response.end('event: ended\ndata: null\n\n'),
      (fault: unknown) => log.warn({ err: fault }, 'whether a session lives is not known'),
    )
  }
  const heartbeat = setInterval(() => {
    response.write(': here\n\n')
    check()
  }, heartbeatMs)
  response.on('close', () => {
    clearInterval(heartbeat)
    clearTimeout(gathering)
    onClose()
  })
  return {
    actor,
    tell(topic) {
      waiting.add(topic)
      gathering ??= setTimeout(flush, gatherMs)
    },
    ring: (unread) =>
      void response.write(
        `event: notifications\ndata: ${JSON.stringify(unread === null ? null : { unread })}\n\n`,
      ),
    check,
    close: () => response.end(),
  }
}

/** A stream outlives the request that was guarded, so the end of the session or of the account must reach it. */
async function isStillSignedIn({ session }: Request, actor: Actor): Promise<boolean> {
  if (!session) return true
  const lives = await new Promise<boolean>((resolve) => {
    session.reload((fault: unknown) => resolve(!fault))
  })
  const now = lives ? (await loadPrincipal(sideOf(actor), session))?.actor : undefined
  // Somebody whose role or place is another now hears under it by coming anew.
  return (
    now !== undefined &&
    now.role === actor.role &&
    now.officeId === actor.officeId &&
    now.organisationId === actor.organisationId
  )
}
