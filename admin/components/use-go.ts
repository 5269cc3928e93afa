/** Moves between screens inside the page, asking first when a changed form would be left. */

import { useCallback } from 'react'
import { useNavigate } from 'react-router-dom'

let guard: (() => Promise<boolean>) | null = null
/** A form with unsaved changes sets this; it answers whether leaving is all right. */
export const setLeaveGuard = (next: (() => Promise<boolean>) | null): void => {
  guard = next
}
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
