/** One LISTEN connection of a worker: it wakes the pump of a topic the moment its messages are committed. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { dedicatedClient } from '../db/pool.ts'

export type Listener = {
  /** Calls `wake` for each commit of the topic and after each reconnection; returns how to stop that. */
  subscribe: (topic: string, wake: () => void) => () => void
  /** Resolves when the first connection listens; never while the database is away. */
  ready: Promise<void>
  stop: () => Promise<void>
}

/** Listens for ever: a lost connection is made anew after 0.1 s, then twice as late up to 5 s. */
export function startListener(onError: (error: Error) => void): Listener {
  const wakes = new Map<string, Set<() => void>>()
  let client: Client | undefined
  const stopped = new AbortController()
  let opened: () => void
  const ready = new Promise<void>((resolve) => (opened = resolve))

  const listen = async () => {
    const next = dedicatedClient()
    const lost = new Promise<void>((resolve) => next.once('end', () => resolve()))
    next.on('notification', ({ payload }) => wakes.get(payload ?? '')?.forEach((wake) => wake()))
    client = next
    await next.connect()
    await next.query('listen outbox')
    opened()
    // Whatever was committed while nobody listened is found now.
    for (const set of wakes.values()) set.forEach((wake) => wake())
    return { lost }
  }

  const loop = async () => {
    let delay = 100
    while (!stopped.signal.aborted) {
      try {
        const { lost } = await listen()
        delay = 100
        await lost
      } catch (error) {
        onError(error as Error)
        await client?.end().catch(onError)
      }
      if (stopped.signal.aborted) return
      // An aborted sleep is how the stop arrives here.
      await sleep(delay, undefined, { signal: stopped.signal }).catch(() => undefined)
      delay = Math.min(delay * 2, 5000)
    }
  }
  const running = loop()

  return {
    subscribe(topic, wake) {
      const set = wakes.get(topic) ?? new Set()
      wakes.set(topic, set.add(wake))
      return () => set.delete(wake)
    },
    ready,
    async stop() {
      stopped.abort()
      await client?.end().catch(onError)
      await running
    },
  }
}
