/** A link inside the back office: moves without reloading, opens a tab on middle or Ctrl click. */

import type { ReactNode } from 'react'
import { useGo } from '../use-go.ts'

type Props = {
  href: string
  children: ReactNode
  className?: string
  title?: string
  current?: boolean
  onGo?: () => void
  tabIndex?: number
}

export const GoLink = ({ href, children, className, title, current, onGo, tabIndex }: Props) => {
  const go = useGo()
  return (
    <a
      href={href}
      className={className}
      title={title}
      tabIndex={tabIndex}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        event.stopPropagation()
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
          return
        event.preventDefault()
        onGo?.()
        go(href)
      }}
    >
      {children}
    </a>
  )
}
