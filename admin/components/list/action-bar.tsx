/** The dark bar at the bottom: what is ticked, what it adds up to and what can be done with it. */

import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

export type BarAction = {
  name: string
  text: string
  icon?: string
  refusal?: string | undefined
  onRun: () => void
}
type Props = {
  count: number
  sums: { currency: string; minor: number }[]
  detail?: ReactNode
  actions: BarAction[]
  onClear: () => void
}

/** Tells the styles how much of the window's foot the bar covers: it takes more lines in a narrow window. */
const useFoot = (bar: RefObject<HTMLElement>): void =>
  useLayoutEffect(() => {
    const here = bar.current
    if (!here) return
    const { style } = document.documentElement
    // Not its rectangle, which is still rising.
    const tell = () => style.setProperty('--cd-foot', `${innerHeight - here.offsetTop}px`)
    const watch = new ResizeObserver(tell)
    watch.observe(here)
    tell()
    return () => {
      watch.disconnect()
      style.removeProperty('--cd-foot')
    }
  }, [])

export const ActionBar = ({ count, sums, detail, actions, onClear }: Props) => {
  const words = useWords()
  const bar = useRef<HTMLElement>(null)
  useFoot(bar)
  // The first that can be done now is the move; the rest stand beside it.
  const primary = actions.find(({ refusal }) => !refusal)?.name
  return (
    <section ref={bar} className="cd-action-bar" aria-label={words.t('screens.list.picked', { count })}>
      <b role="status">{words.t('screens.list.picked', { count })}</b>
      <span className="cd-code cd-action-sum">
        {sums.length ? words.sums(sums) : null}
        {detail ? <> · {detail}</> : null}
      </span>
      <span className="cd-grow" />
      {actions.map((action) => (
        <Button
          key={action.name}
          testId={`bulk-${action.name}`}
          {...(action.name === primary && { look: 'primary' as const })}
          {...(action.icon && { icon: action.icon })}
          refusal={action.refusal}
          isOffPhone={action.refusal !== undefined}
          onClick={action.onRun}
        >
          {action.text}
        </Button>
      ))}
      <button
        type="button"
        className="cd-icon-button"
        title={words.t('screens.list.clear_picked')}
        aria-label={words.t('screens.list.clear_picked')}
        onClick={onClear}
      >
        <Icon name="X" />
      </button>
    </section>
  )
}
