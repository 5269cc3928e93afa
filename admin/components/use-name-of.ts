/** What a record is called on the screen: its name in words, or what it is as long as it has none. */

import { useCallback } from 'react'
import { recordViewOf, useResourceData } from './adminjs-state.ts'
import type { RecordData } from './desk-api.ts'
import { useWords } from './use-words.ts'

export const useNameOf = (resourceId: string): ((record: RecordData) => string) => {
  const words = useWords()
  const resource = useResourceData(resourceId)
  return useCallback(
    (record) => {
      const name = (recordViewOf(resource)?.names ?? [])
        .filter((property) => record.params[property])
        .map((property) => words.value(resourceId, property, String(record.params[property])))
        .join(' ')
      if (name) return name
      const id = String(record.id)
      // A draft has no number yet.
      const untitled = words.either([`screens.untitled.${resourceId}`], `№\u00a0${id}`)
      return record.title && record.title !== id ? record.title : untitled
    },
    [words, resource, resourceId],
  )
}
