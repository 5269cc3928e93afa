/** The columns this person sees in a list, and the keeping of the choice. */

import { useState } from 'react'
import { useMe } from '../adminjs-state.ts'
import { keepPreferences } from '../desk-api.ts'
import { useNotices } from '../use-notices.ts'
import type { ListColumn } from '../../view-types.ts'

/** Choices of this page's life: the session printed into the page is older than they are. */
const chosenHere = new Map<string, string[] | null>()

export const useColumns = (resourceId: string, columns: ListColumn[]) => {
  const { preferences } = useMe()
  const { failed } = useNotices()
  const [, redraw] = useState(0)
  const usual = columns.filter(({ optional }) => !optional).map(({ property }) => property)
  const here = chosenHere.get(resourceId)
  const kept = here === undefined ? preferences.columns?.[resourceId] : here
  const chosen = kept?.filter((property) => columns.some((column) => column.property === property)) ?? usual
  const keep = (properties: string[] | null) => {
    chosenHere.set(resourceId, properties)
    redraw((count) => count + 1)
    keepPreferences({ columns: { [resourceId]: properties ?? usual } }).catch(failed)
  }
  const shown = columns.filter(({ property }) => chosen.includes(property))
  return { shown: shown.length ? shown : columns, chosen, choose: keep, reset: () => keep(null) }
}
