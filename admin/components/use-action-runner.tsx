/** Runs an action of a record, of ticked records or of a resource: asks first what must be asked, then tells what came of it. */

import { useState } from 'react'
import { actionViewOf, useResources } from './adminjs-state.ts'
import {
  actOnRecord,
  actOnRecords,
  actOnResource,
  type ActionAnswer,
  type RecordData,
  type Values,
} from './desk-api.ts'
import { ActionDialog } from './parts/action-dialog.tsx'
import { lookAtWork } from './use-live.ts'
import { useGo } from './use-go.ts'
import { useNotices } from './use-notices.ts'

export type ActionTarget = {
  resourceId: string
  name: string
  record?: RecordData
  /** Several ticked records: the action is a bulk one. */
  ids?: (string | number)[]
  params?: Record<string, string | number | undefined>
  /** What the question is about, beside the count. */
  subject?: string
  /** What the screen already knows and nobody need be asked. */
  payload?: Values
}

/** Something made to be handed on goes into the clipboard; the notice shows it where the browser refuses. */
const copied = async (result: unknown): Promise<void> => {
  const text = (result as { copy?: unknown } | null | undefined)?.copy
  if (typeof text !== 'string') return
  await navigator.clipboard?.writeText(text).catch((error: unknown) => console.debug('clipboard', error))
}

export const useActionRunner = (onDone: (answer: ActionAnswer, target: ActionTarget) => void) => {
  const resources = useResources()
  const go = useGo()
  const { answered, failed } = useNotices()
  const [asking, setAsking] = useState<ActionTarget | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [faults, setFaults] = useState<RecordData['errors']>({})

  const send = async (target: ActionTarget, payload: Values) => {
    const { resourceId, name, record, ids, params } = target
    setBusy(name)
    setFaults({})
    const told = { ...target.payload, ...payload }
    try {
      const answer = ids
        ? await actOnRecords(resourceId, ids, name, told)
        : record
          ? await actOnRecord(resourceId, record.id, name, told)
          : await actOnResource(resourceId, name, told, params)
      const fieldFaults = answer.record?.errors ?? {}
      if (Object.keys(fieldFaults).length > 0) {
        setFaults(fieldFaults)
        answered(answer, resourceId)
        return
      }
      if (!answered(answer, resourceId)) return
      await copied(answer.result)
      setAsking(null)
      lookAtWork()
      onDone(answer, target)
      const { redirectUrl } = answer
      const { href } = (answer.result ?? {}) as { href?: string }
      // A file to be looked at or printed opens beside the work, not instead of it.
      if (href) window.open(href, '_blank', 'noopener')
      if (redirectUrl && new URL(redirectUrl, location.origin).pathname !== location.pathname) go(redirectUrl)
    } catch (error) {
      failed(error)
    } finally {
      setBusy(null)
    }
  }
  const viewOf = ({ resourceId, name, payload = {} }: ActionTarget) => {
    const view = actionViewOf(
      resources.find(({ id }) => id === resourceId),
      name,
    )
    // What the screen knows is not asked of the person.
    return { ...view, fields: view.fields.filter((field) => !(field.name in payload)) }
  }
  const run = (target: ActionTarget) => {
    const view = viewOf(target)
    if (view.confirm || view.fields.length > 0) {
      setFaults({})
      setAsking(target)
    } else void send(target, {})
  }
  const dialog = asking ? (
    <ActionDialog
      target={asking}
      view={viewOf(asking)}
      faults={faults}
      isBusy={busy !== null}
      onCancel={() => setAsking(null)}
      onSend={(payload) => void send(asking, payload)}
    />
  ) : null
  return { run, dialog, busy }
}
