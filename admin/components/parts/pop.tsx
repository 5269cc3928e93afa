/** A panel under what opened it. */

import { useRef, type ReactNode } from 'react'
import { useHanging } from './use-hanging.ts'

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
  useHanging(root, true)
  return (
    <div ref={root} className={`cd-pop cd-pop-hanging ${className}`} role="dialog" aria-label={label}>
      {children}
    </div>
  )
}
