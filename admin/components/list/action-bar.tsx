/** The dark bar at the bottom: what is ticked, what it adds up to and what can be done with it. */

import type { ReactNode } from 'react'
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

export const ActionBar = ({ count, sums, detail, actions, onClear }: Props) => {
  const words = useWords()
  // The first that can be done now is the move; the rest stand beside it.
  const primary = actions.find(({ refusal }) => !refusal)?.name
  return (
    <section className="cd-action-bar" aria-label={words.t('screens.list.picked', { count })}>
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
