/** A window over the screen: keeps the focus inside, closes on Escape, gives the focus back. */

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { focusAgain, trailOf } from '../use-focus-kept.ts'
import { useWords } from '../use-words.ts'
import { Icon } from './icon.tsx'

type Props = { title: string; children?: ReactNode; foot?: ReactNode; onClose: () => void; isWide?: boolean }

const FOCUSABLE = 'a[href],button:not(:disabled),input:not(:disabled),select,textarea,iframe,[tabindex="0"]'

export const Dialog = ({ title, children, foot, onClose, isWide }: Props) => {
  const { t } = useWords()
  const titleId = useId()
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = trailOf(document.activeElement)
    const places = [
      '[data-first]',
      '.cd-dialog-body :is(input, textarea, select)',
      // A question without fields is answered by Enter, unless the answer would destroy something.
      '.cd-dialog-foot .cd-button-primary',
      '.cd-dialog-foot button',
    ]
    const first = places.map((place) => root.current?.querySelector<HTMLElement>(place)).find(Boolean)
    ;(first ?? root.current)?.focus()
    const { overflow } = document.body.style
    document.body.style.overflow = 'hidden'
    return () => {
      document.body.style.overflow = overflow
      focusAgain(before)
    }
  }, [])
  const keepInside = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    }
    if (event.key !== 'Tab') return
    const all = [...(root.current?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])]
    const edge = event.shiftKey ? all[0] : all.at(-1)
    if (document.activeElement === edge || (event.shiftKey && document.activeElement === root.current)) {
      event.preventDefault()
      ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
    }
  }
  return createPortal(
    <div
      className="cd-layer cd-veil"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div
        ref={root}
        className={isWide ? 'cd-dialog cd-dialog-wide' : 'cd-dialog'}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={keepInside}
      >
        <div className="cd-dialog-head">
          <h2 id={titleId} className="cd-h2 cd-grow">
            {title}
          </h2>
          <button
            type="button"
            className="cd-icon-button cd-icon-button-small"
            aria-label={t('screens.close')}
            onClick={onClose}
          >
            <Icon name="X" />
          </button>
        </div>
        <div className="cd-dialog-body">{children}</div>
        {foot ? <div className="cd-dialog-foot">{foot}</div> : null}
      </div>
    </div>,
    document.body,
  )
}
