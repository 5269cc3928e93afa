/** A button that says why it cannot be pressed now instead of vanishing or staying dumb. */

import { forwardRef, useId, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

type Props = {
  children?: ReactNode
  onClick?: () => void
  icon?: string
  look?: 'primary' | 'plain' | 'bare' | 'danger'
  isSmall?: boolean
  isBusy?: boolean
  /** The sentence for «not now»; the button stays focusable so that a screen reader can read it. */
  refusal?: string | undefined
  type?: 'button' | 'submit'
  label?: string
  expanded?: boolean
  testId?: string
  /** There is no room for it on a phone. */
  isOffPhone?: boolean
}

export const Button = forwardRef<HTMLButtonElement, Props>(function Button(props, ref) {
  const {
    children,
    onClick,
    icon,
    look = 'plain',
    isSmall,
    isBusy,
    refusal,
    type = 'button',
    label,
    expanded,
  } = props
  const reasonId = useId()
  const names = ['cd-button']
  if (look !== 'plain') names.push(`cd-button-${look}`)
  if (isSmall) names.push('cd-button-small')
  if (isBusy) names.push('cd-button-busy')
  if (props.isOffPhone) names.push('cd-not-phone')
  return (
    <button
      ref={ref}
      // oxlint-disable-next-line react/button-has-type -- it is one of two literals
      type={type}
      className={names.join(' ')}
      aria-disabled={refusal || isBusy ? true : undefined}
      aria-busy={isBusy || undefined}
      aria-label={label}
      aria-expanded={expanded}
      aria-haspopup={expanded === undefined ? undefined : 'true'}
      aria-describedby={refusal ? reasonId : undefined}
      title={refusal ?? label}
      data-testid={props.testId}
      onClick={(event) => {
        if (refusal || isBusy) event.preventDefault()
        else onClick?.()
      }}
    >
      {isBusy ? <span className="cd-spin" /> : icon ? <Icon name={icon} /> : null}
      {children}
      {refusal ? (
        <span id={reasonId} className="cd-hidden">
          {refusal}
        </span>
      ) : null}
    </button>
  )
})
