/** The loop that drains one topic in one worker: claim, work, finish, and give everything back at the stop. */
import { setTimeout as sleep } from 'node:timers/promises'
import { delayAfter } from '../domain/back-off.ts'
import { closeBatches } from './batch.ts'
import { type Executor, type Message, claim, finish, release, renew } from './claim.ts'
import { LeaseLost, PermanentFailure, TryLater, describeFailure } from './failure.ts'
import type { Handler, Work } from './handlers.ts'
import type { Listener } from './listener.ts'
import { type Policy, messages } from './messages.ts'
import { failMessage, finishHere } from './settle.ts'

export type PumpOptions = {
  handler: Handler
  policy: Policy
  pool: Executor
  listener: Listener
  /** Shared by the pumps of a process: a message that already cost a worker its life has it to itself. */
  lane: CrashLane
  onError: (error: Error, about: { topic: string; messageId?: number }) => void
  pollMs?: number
}

export type CrashLane = { busy: boolean }

export type Pump = {
  topic: string
  /** Claims nothing more, gives back what was not begun, waits for the rest; then aborts it. */
  stop: (drainMs: number) => Promise<void>
}

/** The messages of one call of the handler. */
type Unit = {
  messages: readonly Message[]
  deadline: number
  finished: Set<number>
  abort: AbortController | undefined
  crashed: boolean
}

const crashedEveryMs = 2000

/** Starts draining a topic; it goes on through any failure of the database. */
export function startPump(options: PumpOptions): Pump {
  const { handler, policy, pool, lane, onError } = options
  const { topic } = handler
  const pollMs = options.pollMs ?? 2000
  const leaseMs = policy.leaseSeconds * 1000
  const ready: { message: Message; claimedAt: number; crashed: boolean }[] = []
  const running = new Set<Unit>()
  const ended: Message[] = []
  const stopped = new AbortController()
  let nudged = false
  let nudge: (() => void) | undefined
  let crashedAt = 0
  let flushing: Promise<void> | undefined

  const report = (error: unknown, messageId?: number) =>
    onError(error as Error, { topic, ...(messageId !== undefined && { messageId }) })

  const wake = () => {
    nudged = true
    nudge?.()
  }

  /** Until something changed, or for `ms`. */
  const wait = async (ms: number) => {
    if (!nudged) {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        nudge = resolve
        timer = setTimeout(resolve, ms)
      })
      clearTimeout(timer)
    }
    nudged = false
  }

  /** Repeats a write the database could not take, for as long as the lease may still be ours. */
  const insist = async <R>(write: () => Promise<R>): Promise<R | undefined> => {
    const giveUpAt = Date.now() + leaseMs
    for (;;) {
      try {
        return await write()
      } catch (error) {
        report(error)
        if (Date.now() > giveUpAt) return undefined
        await sleep(Math.min(200, leaseMs / 4))
      }
    }
  }

  // Ends are written together while the previous write is under way: one statement for many messages.
  const flush = () => {
    flushing ??= (async () => {
      // One turn of the event loop lets the calls that ended together be written together.
      await new Promise<void>((resolve) => setImmediate(resolve))
      while (ended.length > 0) {
        const part = ended.splice(0, 1000)
        await insist(() => finish(pool, part))
        await close(part)
        wake()
      }
      flushing = undefined
    })()
    return flushing
  }

  const close = async (part: readonly Message[]) => {
    const batches = new Set(part.flatMap(({ batchId }) => (batchId === null ? [] : [batchId])))
    if (batches.size > 0) await closeBatches(pool, [...batches]).catch(report)
  }

  const settle = async (unit: Unit, error: unknown) => {
    const failure = describeFailure(error)
    const open = unit.messages.filter(({ id }) => !unit.finished.has(id))
    for (const message of open) {
      report(error, message.id)
      const delaySeconds =
        error instanceof TryLater ? error.delaySeconds : delayAfter(policy.backOff, message.attempts)
      const permanent = error instanceof PermanentFailure
      const state = await insist(() => failMessage(message, failure, { delaySeconds, permanent }, handler))
      // The poll would come later than a short back-off.
      if (state === 'new' && delaySeconds * 1000 < pollMs) setTimeout(wake, delaySeconds * 1000 + 5).unref()
    }
    await close(unit.messages)
  }

  const workOf = (unit: Unit): Work => {
    const abortion = () => (unit.abort ??= new AbortController())
    return {
      get signal() {
        return abortion().signal
      },
      async renew() {
        const held = unit.messages.filter(({ id }) => !unit.finished.has(id))
        const startedAt = Date.now()
        const kept = await renew(pool, held, policy.leaseSeconds)
        if (kept.size < held.length) {
          abortion().abort(new LeaseLost('The lease was lost'))
          throw new LeaseLost('The lease was lost')
        }
        unit.deadline = startedAt + leaseMs
      },
      async finish(some = unit.messages) {
        await finishHere(some)
        // The caller's transaction may still roll back; then it throws and the attempt fails as a whole,
        // so these are left out of the later write only when the call returns.
        for (const { id } of some) unit.finished.add(id)
      },
    }
  }

  const start = (unit: Unit) => {
    running.add(unit)
    void (async () => {
      try {
        const parsed = unit.messages.map(checked)
        await handler.call(parsed, workOf(unit))
        ended.push(...unit.messages.filter(({ id }) => !unit.finished.has(id)))
        if (unit.finished.size > 0) await close(unit.messages)
        void flush()
      } catch (error) {
        unit.finished.clear()
        await settle(unit, error)
      } finally {
        running.delete(unit)
        if (unit.crashed) lane.busy = false
        startReady()
        if (ready.length === 0) wake()
      }
    })()
  }

  const checked = (message: Message): Message => {
    const parsed = messages[topic].payload.safeParse(message.payload)
    if (!parsed.success) throw new PermanentFailure('bad-payload', `Message ${message.id} has a bad payload`)
    return message
  }

  const startReady = () => {
    while (ready.length > 0 && running.size < handler.concurrency && !stopped.signal.aborted) {
      const part = handler.one ? ready.splice(0, 1) : ready.splice(0)
      const first = part[0]
      if (!first) return
      start({
        messages: part.map(({ message }) => message),
        deadline: first.claimedAt + leaseMs,
        finished: new Set(),
        abort: undefined,
        crashed: first.crashed,
      })
    }
  }

  const take = async (crashed: boolean): Promise<number> => {
    // Of a topic that may not be repeated no more is held than is being worked on.
    const limit =
      policy.onCrash === 'uncertain' && handler.one
        ? Math.min(policy.batchSize, handler.concurrency - running.size)
        : policy.batchSize
    const claimedAt = Date.now()
    const taken = await claim(pool, topic, { limit, leaseSeconds: policy.leaseSeconds, crashed })
    for (const message of taken) ready.push({ message, claimedAt, crashed })
    return taken.length
  }

  /** One message that outlived a worker, alone in this process; false when there is none or no room. */
  const takeCrashed = async (): Promise<boolean> => {
    if (lane.busy || running.size > 0 || ready.length > 0) return false
    lane.busy = true
    crashedAt = Date.now()
    const taken = await take(true).catch((error: unknown) => {
      lane.busy = false
      throw error
    })
    if (taken === 0) lane.busy = false
    return taken > 0
  }

  const round = async (): Promise<void> => {
    startReady()
    const alone = [...running].some(({ crashed }) => crashed)
    const room = running.size < handler.concurrency && ready.length === 0
    const behind = ended.length > policy.batchSize * 4
    if (alone || !room || behind) return wait(pollMs)
    nudged = false
    const crashedDue = Date.now() - crashedAt > crashedEveryMs
    if (crashedDue && running.size > 0 && !lane.busy) {
      // Fresh messages wait a moment, or those that outlived a worker would never find the process idle.
      if (await crashedWaiting()) return wait(pollMs)
      crashedAt = Date.now()
    }
    if (crashedDue && (await takeCrashed())) return
    if ((await take(false)) > 0) return
    if (await takeCrashed()) return
    await wait(pollMs * (0.9 + Math.random() * 0.2))
  }

  const crashedWaiting = async (): Promise<boolean> => {
    const found = await pool.query(
      `select from outbox where topic = $1 and state = 'new' and crashes > 0 and next_at <= now() limit 1`,
      [topic],
    )
    return found.rows.length > 0
  }

  const loop = async () => {
    while (!stopped.signal.aborted) {
      try {
        await round()
      } catch (error) {
        report(error)
        await wait(500)
      }
    }
  }

  /** Gives up what waited too long here, and warns work whose lease is nearly over. */
  const guard = async () => {
    const now = Date.now()
    const stale = ready.filter(({ claimedAt }) => now - claimedAt > leaseMs / 2)
    if (stale.length > 0) {
      ready.splice(0, ready.length, ...ready.filter((item) => !stale.includes(item)))
      if (stale.some(({ crashed }) => crashed)) lane.busy = false
      await release(
        pool,
        stale.map(({ message }) => message),
      ).catch(report)
    }
    for (const unit of running)
      if (now > unit.deadline - leaseMs * 0.1) {
        unit.abort ??= new AbortController()
        if (!unit.abort.signal.aborted) unit.abort.abort(new LeaseLost('The lease is nearly over'))
      }
  }

  const unsubscribe = options.listener.subscribe(topic, wake)
  const guarding = setInterval(() => void guard(), Math.max(50, Math.min(1000, leaseMs / 10)))
  const looping = loop()

  return {
    topic,
    async stop(drainMs) {
      stopped.abort()
      wake()
      unsubscribe()
      await looping
      const unstarted = ready.splice(0).map(({ message }) => message)
      if (unstarted.length > 0) await release(pool, unstarted).catch(report)
      await drained(drainMs)
      for (const unit of running) {
        unit.abort ??= new AbortController()
        unit.abort.abort(new LeaseLost('The worker stops'))
      }
      await drained(1000)
      clearInterval(guarding)
      await flush()
    },
  }

  async function drained(ms: number): Promise<void> {
    const until = Date.now() + ms
    while (running.size > 0 && Date.now() < until) {
      nudged = false
      await wait(until - Date.now())
    }
  }
}
