/** A button with a list of things to do under it; arrows walk it, a refused one says why. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useDismiss } from './use-dismiss.ts'
import { useHanging } from './use-hanging.ts'

export type MenuItem =
  | 'line'
  | {
      key: string
      text: string
      icon?: string
      isDanger?: boolean
      refusal?: string | undefined
      onPick: () => void
    }

type Props = {
  items: MenuItem[]
  label: string
  className?: string
  children?: ReactNode
  isEnd?: boolean
  header?: ReactNode
  testId?: string
}

export const Menu = ({
  items,
  label,
  className = 'cd-icon-button',
  children,
  isEnd,
  header,
  testId,
}: Props) => {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useDismiss(isOpen, () => setOpen(false), root)
  useHanging(list, isOpen, isEnd)
  useEffect(() => {
    if (isOpen) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true })
  }, [isOpen])
  const walk = (step: number) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  return (
    <div className="cd-anchor" ref={root}>
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={children ? undefined : label}
        title={label}
        data-testid={testId}
        onClick={(event) => {
          event.stopPropagation()
          setOpen(!isOpen)
        }}
      >
        {children ?? <Icon name="MoreHorizontal" />}
      </button>
      {isOpen ? (
        <div
          ref={list}
          className="cd-pop cd-pop-hanging cd-pop-menu"
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              walk(event.key === 'ArrowDown' ? 1 : -1)
            }
            if (event.key === 'Tab') setOpen(false)
          }}
        >
          {header}
          <div role="menu" aria-label={label}>
            {items.map((item, index) =>
              item === 'line' ? (
                <div key={`line-${index}`} className="cd-menu-line" role="separator" />
              ) : (
                <button
                  key={item.key}
                  type="button"
                  role="menuitem"
                  className={item.isDanger ? 'cd-menu-item cd-menu-item-danger' : 'cd-menu-item'}
                  aria-disabled={item.refusal ? true : undefined}
                  data-testid={`action-${item.key}`}
                  onClick={(event) => {
                    event.stopPropagation()
                    if (item.refusal) return
                    setOpen(false)
                    root.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus()
                    item.onPick()
                  }}
                >
                  {item.icon ? <Icon name={item.icon} /> : null}
                  <span>
                    {item.text}
                    {item.refusal ? <span className="cd-menu-reason">{item.refusal}</span> : null}
                  </span>
                </button>
              ),
            )}
          </div>
        </div>
      ) : null}
    </div>
  )
}
