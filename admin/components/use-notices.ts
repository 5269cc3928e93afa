/** Says what happened: the notice an action returned, or why the request failed. */

import { useNotice } from 'adminjs'
import { useCallback } from 'react'
import { RequestFailed, type ActionAnswer, type Notice } from './desk-api.ts'

type AddNotice = (notice: {
  message: string
  type: Notice['type']
  options?: Record<string, unknown>
  resourceId?: string
}) => unknown

export const useNotices = () => {
  const add = useNotice() as unknown as AddNotice
  const say = useCallback(
    (type: Notice['type'], message: string, options: Record<string, unknown> = {}) =>
      void add({ type, message, options }),
    [],
  )
  /** True when the action was done; an error notice means it was not, whatever the HTTP status. */
  const answered = useCallback((answer: ActionAnswer, resourceId?: string): boolean => {
    if (answer.notice) add({ ...answer.notice, ...(resourceId && { resourceId }) })
    return answer.notice?.type !== 'error'
  }, [])
  const failed = useCallback((error: unknown) => {
    if (error instanceof RequestFailed) {
      if (error.code !== 'signed-out') add({ type: 'error', message: `screens.failure.${error.code}` })
    } else throw error
  }, [])
  return { say, answered, failed }
}
