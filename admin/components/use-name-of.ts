/** What a record is called on the screen: its name in words, or what it is as long as it has none. */

import { useCallback } from 'react'
import { recordViewOf, useResourceData } from './adminjs-state.ts'
import type { RecordData } from './desk-api.ts'
import { useWords } from './use-words.ts'

/** What stands for the name of a record that may have none yet, such as the number of a draft; empty for other tables. */
export const useUntitled = (resourceId: string): string =>
  useWords().either([`screens.untitled.${resourceId}`], '')

export const useNameOf = (resourceId: string): ((record: RecordData) => string) => {
  const words = useWords()
  const resource = useResourceData(resourceId)
  const untitled = useUntitled(resourceId)
  return useCallback(
    (record) => {
      const name = (recordViewOf(resource)?.names ?? [])
        .filter((property) => record.params[property])
        .map((property) => words.value(resourceId, property, String(record.params[property])))
        .join(' ')
      if (name) return name
      const id = String(record.id)
      return record.title && record.title !== id ? record.title : untitled || `№\u00a0${id}`
    },
    [words, resource, resourceId, untitled],
  )
}
