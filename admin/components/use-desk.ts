/** Loads something from the server and says whether it is coming, here or failed; a newer question cancels the older. */

import { useCallback, useEffect, useState } from 'react'
import { RequestFailed } from './desk-api.ts'

export type Loaded<T> = {
  data: T | undefined
  failure: RequestFailed | undefined
  isLoading: boolean
  reload: () => void
  replace: (data: T) => void
}

/** `key` names the question: a change of it asks anew. Null asks nothing. */
export const useLoaded = <T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> => {
  const [state, setState] = useState<{
    key: string | null
    data?: T
    failure?: RequestFailed
    isLoading: boolean
  }>({
    key,
    isLoading: key !== null,
  })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (key === null) return
    const abort = new AbortController()
    setState((before) => ({ ...before, isLoading: true }))
    load(abort.signal)
      .then((data) => !abort.signal.aborted && setState({ key, data, isLoading: false }))
      .catch((error: unknown) => {
        if (abort.signal.aborted) return
        if (!(error instanceof RequestFailed)) throw error
        setState((before) => ({ ...before, key, failure: error, isLoading: false }))
      })
    return () => abort.abort()
    // `load` is new on each render; the key says everything that matters.
  }, [key, round])
  const reload = useCallback(() => setRound((number) => number + 1), [])
  const replace = useCallback((data: T) => setState({ key, data, isLoading: false }), [key])
  return { data: state.data, failure: state.failure, isLoading: state.isLoading, reload, replace }
}
