/** What this person opened from search lately, kept in this browser. */

import { useState } from 'react'
import type { SearchHit } from '../desk-types.ts'
import { useMe } from './adminjs-state.ts'
import { readKept, writeKept } from './kept.ts'

const LIMIT = 6

export const useRecent = () => {
  const { id } = useMe()
  const key = `recent.${id}`
  const [recent, setRecent] = useState<SearchHit[]>(() => readKept<SearchHit[]>(key) ?? [])
  const remember = (hit: SearchHit) => {
    const next = [{ ...hit, match: '' }, ...recent.filter(({ href }) => href !== hit.href)].slice(0, LIMIT)
    setRecent(next)
    writeKept(key, next)
  }
  return { recent, remember }
}
