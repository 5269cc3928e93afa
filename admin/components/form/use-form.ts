/** What is typed into a form: kept over faults, drafted while typing, guarded against leaving, sent once at a time. */

import { useEffect, useRef, useState } from 'react'
import type { ActionAnswer, RecordData, Values } from '../desk-api.ts'
import { readKept, writeKept } from '../kept.ts'
import { setLeaveGuard, useGo } from '../use-go.ts'
import { useNotices } from '../use-notices.ts'

type Draft = { values: Values; at: string; version: unknown }
type Options = {
  /** Names the draft; two tabs on one record share it. */
  draftKey: string
  start: Values
  resourceId: string
  save: (values: Values) => Promise<ActionAnswer>
  askLeave: () => Promise<boolean>
  checkBeforeSave: (values: Values) => Record<string, string>
  doneUrl: (answer: ActionAnswer) => string
}

const DRAFT_DAYS = 14

/** A draft of this person's that is not forgotten yet. */
const freshDraft = (key: string): Draft | null => {
  const draft = readKept<Draft>(key)
  if (!draft) return null
  if (Date.now() - Date.parse(draft.at) < DRAFT_DAYS * 86_400_000) return draft
  writeKept(key, null)
  return null
}
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export const useForm = (options: Options) => {
  const { draftKey, start, resourceId, save, askLeave, checkBeforeSave, doneUrl } = options
  const go = useGo()
  const { answered, failed } = useNotices()
  const [values, setValues] = useState<Values>(start)
  /** What nothing was changed from: the start and whatever was read later for it. */
  const [base, setBase] = useState<Values>(start)
  const [draft, setDraft] = useState<Draft | null>(() => freshDraft(draftKey))
  const [draftedAt, setDraftedAt] = useState<string | null>(null)
  const [faults, setFaults] = useState<RecordData['errors']>({})
  /** Rises with each refused attempt, so that the summary takes the focus again. */
  const [attempt, setAttempt] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const isChanged = !same(values, base)
  const latest = useRef(values)
  latest.current = values
  const isDone = useRef(false)

  const keepDraft = (): string => {
    const at = new Date().toISOString()
    const { current } = latest
    const written = Object.fromEntries(
      Object.entries(current).filter(([, value]) => !(value instanceof File)),
    )
    writeKept(draftKey, { values: written, at, version: start['version'] ?? null } satisfies Draft)
    return at
  }
  useEffect(() => {
    if (!isChanged) return
    const timer = setTimeout(() => setDraftedAt(keepDraft()), 600)
    return () => clearTimeout(timer)
  }, [values, isChanged, draftKey])

  // What was typed in the last half second is kept too, however the page is left.
  useEffect(() => {
    if (!isChanged) return
    const onHide = () => void keepDraft()
    addEventListener('pagehide', onHide)
    return () => {
      removeEventListener('pagehide', onHide)
      if (isDone.current) return
      if (same(latest.current, base)) writeKept(draftKey, null)
      else keepDraft()
    }
  }, [isChanged, base, draftKey])

  useEffect(() => {
    if (!isChanged) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', onUnload)
    setLeaveGuard(askLeave)
    return () => {
      removeEventListener('beforeunload', onUnload)
      setLeaveGuard(null)
    }
  }, [isChanged])

  const set = (name: string, value: unknown) => {
    setValues((before) => ({ ...before, [name]: value }))
    setFaults((before) => {
      if (!before[name]) return before
      const rest = { ...before }
      delete rest[name]
      return rest
    })
  }
  /** Takes a value that was read, not typed: the form is no more changed than before. */
  const adopt = (name: string, value: unknown) => {
    setBase((before) => ({ ...before, [name]: value }))
    // What came while the person was typing, or had brought back a draft, must not overwrite it.
    setValues((before) => (same(before[name], base[name]) ? { ...before, [name]: value } : before))
  }
  const forget = () => {
    writeKept(draftKey, null)
    setDraft(null)
    setDraftedAt(null)
  }
  const submit = async () => {
    if (isBusy) return
    const own = checkBeforeSave(values)
    if (Object.keys(own).length) {
      setFaults(Object.fromEntries(Object.entries(own).map(([name, message]) => [name, { message }])))
      setAttempt((count) => count + 1)
      return
    }
    setBusy(true)
    try {
      const answer = await save(values)
      const found = answer.record?.errors ?? {}
      if (Object.keys(found).length) {
        setFaults(found)
        setAttempt((count) => count + 1)
        return
      }
      if (!answered(answer, resourceId)) {
        setAttempt((count) => count + 1)
        return
      }
      isDone.current = true
      forget()
      setLeaveGuard(null)
      go(answer.redirectUrl ?? doneUrl(answer))
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  const restoreDraft = () => {
    if (!draft) return
    // The version stays the one just read: an older one would be refused as stale without need.
    setValues({ ...start, ...draft.values, ...('version' in start && { version: start['version'] }) })
    setDraft(null)
  }
  return {
    values,
    set,
    adopt,
    faults,
    attempt,
    isBusy,
    isChanged,
    submit,
    draft,
    draftedAt,
    restoreDraft,
    forgetDraft: forget,
  }
}
