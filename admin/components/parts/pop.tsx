/** A panel under what opened it, moved back when it would leave the window. */

import { useLayoutEffect, useRef, type ReactNode } from 'react'

const EDGE = 12

export const Pop = ({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) => {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const panel = root.current
    // On a phone the panel is a sheet at the bottom: nothing to move.
    if (!panel || getComputedStyle(panel).position === 'fixed') return
    const { right } = panel.getBoundingClientRect()
    const over = right - (document.documentElement.clientWidth - EDGE)
    if (over > 0) panel.style.transform = `translateX(${-over}px)`
  }, [])
  return (
    <div ref={root} className={`cd-pop ${className}`} role="dialog" aria-label={label}>
      {children}
    </div>
  )
}
