/** Moves between screens inside the page, asking first when a changed form would be left. */

import { useCallback } from 'react'
import { useNavigate } from 'react-router-dom'

let guard: (() => Promise<boolean>) | null = null
/** Where in the browser's history the guarded form stands, by the number React Router gives every place. */
let place = 0
let isReturning = false
const placeOf = (state: unknown): number => (state as { idx?: number } | null)?.idx ?? 0

/** A form with unsaved changes sets this; it answers whether leaving is all right. */
export const setLeaveGuard = (next: (() => Promise<boolean>) | null): void => {
  guard = next
  place = placeOf(history.state)
}

/** «Назад» of the browser moves first and tells afterwards: the place is taken back, then the question is asked. */
const onPop = (event: PopStateEvent): void => {
  if (isReturning) {
    isReturning = false
    event.stopImmediatePropagation()
    return
  }
  const steps = placeOf(event.state) - place
  if (!guard || steps === 0) return
  event.stopImmediatePropagation()
  isReturning = true
  history.go(-steps)
  void guard().then((may) => {
    if (!may) return
    guard = null
    history.go(steps)
  })
}
// Before the router's own listener: it must not draw a screen the person may decide to stay away from.
addEventListener('popstate', onPop, { capture: true })

export const mayLeave = (): Promise<boolean> => (guard ? guard() : Promise.resolve(true))
export const useGo = () => {
  const navigate = useNavigate()
  return useCallback(
    (href: string, options: { replace?: boolean } = {}) => {
      void mayLeave().then((may) => {
        if (!may) return
        setLeaveGuard(null)
        const url = new URL(href, location.origin)
        if (url.origin === location.origin) navigate(url.pathname + url.search + url.hash, options)
        else location.assign(url)
      })
    },
    [navigate],
  )
}
