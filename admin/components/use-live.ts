/** Counters, unread notifications and background work as they change: one event stream for the whole page, shared by whoever listens. */

import { useEffect, useSyncExternalStore } from 'react'
import type { Counters, Work } from '../desk-types.ts'
import { desk, deskPost, rootPath } from './desk-api.ts'

type Live = {
  counters: Counters
  work: Work[]
  pulse: number
  unread: number
  /** Grows with each word from the server about notifications, also when their number stays the same. */
  news: number
}
let live: Live = { counters: { navigation: {} }, work: [], pulse: 0, unread: 0, news: 0 }
const listeners = new Set<() => void>()
let stream: EventSource | null = null

const put = (part: Partial<Live>) => {
  live = { ...live, ...part }
  for (const listener of listeners) listener()
}
const refreshCounters = () =>
  desk<Counters>('counters').then((counters) => put({ counters, pulse: live.pulse + 1 }))
const refreshWork = () =>
  desk<Work[] | { work: Work[] }>('work').then((answer) => put({ work: listOf(answer) }))
const listOf = (answer: Work[] | { work: Work[] }): Work[] => (Array.isArray(answer) ? answer : answer.work)
/** A missed number is not worth a message over the screen: the next event brings it. */
const quietly = (asked: Promise<unknown>) =>
  void asked.catch((error: unknown) => console.debug('desk', error))

/** Clients start no background work. */
const hasWork = () => rootPath() === '/admin'

const open = () => {
  quietly(refreshCounters())
  if (hasWork()) quietly(refreshWork())
  stream = new EventSource(`${rootPath()}/desk/events`)
  // Asking once tells why: whoever was signed out is led to the door without a click. Not at once, for a press of one's
  // own may have ended the session, and the answer to it brings the new one.
  stream.addEventListener('ended', () => setTimeout(() => quietly(refreshCounters()), 2000))
  stream.addEventListener('counters', (event: MessageEvent<string>) => {
    const data = JSON.parse(event.data) as Partial<Counters> | null
    if (data?.navigation) put({ counters: data as Counters, pulse: live.pulse + 1 })
    else quietly(refreshCounters())
  })
  // The number comes with the event, and once when the stream opens: a message to everybody makes nobody ask.
  stream.addEventListener('notifications', (event: MessageEvent<string>) => {
    const data = JSON.parse(event.data) as { unread: number } | null
    put({ ...(data && { unread: data.unread }), news: live.news + 1 })
  })
  stream.addEventListener('work', (event: MessageEvent<string>) => {
    const data = JSON.parse(event.data) as Work[] | { work: Work[] } | Work | null
    if (Array.isArray(data)) put({ work: data, pulse: live.pulse + 1 })
    else if (data && 'work' in data) put({ work: data.work, pulse: live.pulse + 1 })
    else if (hasWork()) quietly(refreshWork())
  })
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  if (!stream && typeof EventSource !== 'undefined') open()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      stream?.close()
      stream = null
    }
  }
}

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live)

/** Calls back when the numbers change, a moment later, so that a screen shows what others did. */
export const useOnPulse = (onPulse: () => void): void => {
  const { pulse } = useLive()
  useEffect(() => {
    // The first two answers are the page's own opening.
    if (pulse < 2) return
    const timer = setTimeout(onPulse, 300)
    return () => clearTimeout(timer)
  }, [pulse])
}

/** Asks for the work list now: something was just started. */
export const lookAtWork = (): void => {
  if (hasWork()) quietly(refreshWork())
  quietly(refreshCounters())
}

export const cancelWork = async (key: string): Promise<void> => {
  await deskPost('work/cancel', { key })
  lookAtWork()
}
