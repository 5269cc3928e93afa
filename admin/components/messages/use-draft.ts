/** What is being typed: kept on this device at once and with the server at every pause, until it is sent. */

import { useEffect, useRef, useState } from 'react'
import type { Draft } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { deskPostHere, RequestFailed } from '../desk-api.ts'
import { readKept, writeKept } from '../kept.ts'

export type DraftPlace = { threadId: number } | { subject: { kind: string; id: number } }
type Text = { title: string; text: string }
/** Where the newest text is: nowhere to be kept, on its way, with the server, on this device only. */
type DraftStanding = 'idle' | 'saving' | 'saved' | 'here' | 'signed-out'

const PAUSE_MS = 700

const placeKey = (place: DraftPlace): string =>
  'threadId' in place ? `thread-${place.threadId}` : `${place.subject.kind}-${place.subject.id}`

const same = (a: Text, b: Text) => a.title === b.title && a.text === b.text

export const useDraft = (place: DraftPlace, saved: Draft) => {
  const { id } = useMe()
  const key = `draft.${id}.${placeKey(place)}`
  // Whatever this device still keeps has not reached the server.
  const [text, setText] = useState<Text>(
    () => readKept<Text>(key) ?? { title: saved.title, text: saved.text },
  )
  const [standing, setStanding] = useState<DraftStanding>('idle')
  const latest = useRef(text)
  const stored = useRef<Text>({ title: saved.title, text: saved.text })
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const running = useRef<Promise<void>>(Promise.resolve())

  const store = async () => {
    const sent = latest.current
    if (same(sent, stored.current)) {
      writeKept(key, null)
      return
    }
    setStanding('saving')
    try {
      await deskPostHere('drafts', { place, title: sent.title, body: sent.text })
      stored.current = sent
      if (!same(latest.current, sent)) return
      writeKept(key, null)
      setStanding('saved')
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      setStanding(error.code === 'signed-out' ? 'signed-out' : 'here')
    }
  }
  /** One after the other, so that an older text never overtakes a newer one. */
  const flush = (): Promise<void> => {
    clearTimeout(timer.current)
    running.current = running.current.then(store)
    return running.current
  }
  const change = (part: Partial<Text>) => {
    const next = { ...latest.current, ...part }
    latest.current = next
    setText(next)
    writeKept(key, next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE_MS)
  }
  useEffect(() => {
    // What an earlier visit could not hand over.
    if (!same(latest.current, stored.current)) void flush()
    const again = () => void flush()
    addEventListener('online', again)
    return () => {
      removeEventListener('online', again)
      void flush()
    }
  }, [])
  return {
    text,
    standing,
    change,
    /** Nothing is on its way any more: what is sent now is not brought back by a late draft. */
    settle: async () => {
      clearTimeout(timer.current)
      await running.current
    },
    /** It was sent: the server has forgotten the draft with the sending. */
    forget: () => {
      clearTimeout(timer.current)
      latest.current = { title: '', text: '' }
      stored.current = latest.current
      setText(latest.current)
      setStanding('idle')
      writeKept(key, null)
    },
  }
}
