/** The list as its address says it: conditions, sort, page and how many rows; every change is a new address. */

import { useMemo } from 'react'
import { useLocation } from 'react-router-dom'
import { useMe } from '../adminjs-state.ts'
import { useGo } from '../use-go.ts'

export type Filters = Record<string, string>
export type ListAddress = {
  filters: Filters
  page: number
  perPage: number
  sortBy: string
  direction: 'asc' | 'desc'
}
export const PER_PAGE = [25, 50, 100, 200]

const PREFIX = 'filters.'

export const useListAddress = (sort: { property: string; direction: 'asc' | 'desc' }) => {
  const { pathname, search } = useLocation()
  const go = useGo()
  const usual = useMe().preferences.perPage ?? 25
  const address = useMemo<ListAddress>(() => {
    const params = new URLSearchParams(search)
    const filters: Filters = {}
    for (const [key, value] of params)
      if (key.startsWith(PREFIX) && value) filters[key.slice(PREFIX.length)] = value
    return {
      filters,
      page: Math.max(1, Number(params.get('page')) || 1),
      perPage: Number(params.get('perPage')) || usual,
      sortBy: params.get('sortBy') ?? sort.property,
      direction: (params.get('direction') ?? sort.direction) === 'desc' ? 'desc' : 'asc',
    }
  }, [search, usual, sort.property, sort.direction])

  const hrefOf = (change: Partial<ListAddress>): string => {
    const next = { ...address, page: 1, ...change }
    const params = new URLSearchParams()
    for (const [property, value] of Object.entries(next.filters)) params.set(PREFIX + property, value)
    if (next.page > 1) params.set('page', String(next.page))
    if (next.perPage !== usual) params.set('perPage', String(next.perPage))
    if (next.sortBy !== sort.property || next.direction !== sort.direction) {
      params.set('sortBy', next.sortBy)
      params.set('direction', next.direction)
    }
    const text = params.toString()
    return pathname + (text ? `?${text}` : '')
  }
  return { address, hrefOf, change: (part: Partial<ListAddress>) => go(hrefOf(part)) }
}

/** The address as the server's list action and the chips' counters want it. */
export const queryOf = (address: ListAddress): Record<string, string | number> => ({
  ...filterQuery(address.filters),
  page: address.page,
  perPage: address.perPage,
  sortBy: address.sortBy,
  direction: address.direction,
})

export const filterQuery = (filters: Filters): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).map(([property, value]) => [PREFIX + property, value]))
