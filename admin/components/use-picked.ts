/** The ticked rows: one by one, a range with Shift, or the whole page. */

import { useRef, useState } from 'react'

export const usePicked = <T extends { id: string | number }>(rows: T[]) => {
  const [picked, setPicked] = useState<ReadonlyMap<string, T>>(new Map())
  const last = useRef<string | null>(null)
  const toggle = (row: T, isRange: boolean) => {
    const id = String(row.id)
    const next = new Map(picked)
    const from = rows.findIndex((one) => String(one.id) === last.current)
    const to = rows.findIndex((one) => String(one.id) === id)
    const willPick = !picked.has(id)
    const span = isRange && from >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [row]
    for (const one of span) {
      if (willPick) next.set(String(one.id), one)
      else next.delete(String(one.id))
    }
    last.current = id
    setPicked(next)
  }
  const toggleAll = (some: T[]) => {
    const next = new Map(picked)
    const willPick = some.some((row) => !picked.has(String(row.id)))
    for (const row of some) {
      if (willPick) next.set(String(row.id), row)
      else next.delete(String(row.id))
    }
    setPicked(next)
  }
  return { picked, toggle, toggleAll, clear: () => setPicked(new Map()) }
}
export type Picked<T> = {
  picked: ReadonlyMap<string, T>
  toggle: (row: T, isRange: boolean) => void
  toggleAll: (some: T[]) => void
  clear: () => void
}
