/** Tabs with counts: arrows move between them, the address remembers the open one. */

import { useEffect, useRef } from 'react'
import { useWords } from '../use-words.ts'

export type Tab = { key: string; text: string; count?: number | undefined }
type Props = { tabs: Tab[]; open: string; onOpen: (key: string) => void; label: string }

export const Tabs = ({ tabs, open, onOpen, label }: Props) => {
  const words = useWords()
  const root = useRef<HTMLDivElement>(null)
  const walk = (step: number) => {
    const at = tabs.findIndex(({ key }) => key === open)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    onOpen(next.key)
    root.current?.querySelector<HTMLElement>(`#cd-tab-${next.key}`)?.focus()
  }
  // On a phone not all of them are in sight.
  useEffect(() => {
    root.current
      ?.querySelector('[aria-selected=true]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  return (
    <div
      ref={root}
      className="cd-tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') walk(1)
        if (event.key === 'ArrowLeft') walk(-1)
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          id={`cd-tab-${tab.key}`}
          className="cd-tab"
          aria-selected={tab.key === open}
          aria-controls="cd-tab-panel"
          tabIndex={tab.key === open ? 0 : -1}
          onClick={() => onOpen(tab.key)}
        >
          {tab.text}
          {tab.count ? <b>{words.number(tab.count, 0)}</b> : null}
        </button>
      ))}
    </div>
  )
}
