/** A tick box with a name; Shift while pressing it (or Space) takes the range. */

import { useEffect, useRef } from 'react'

type Props = {
  isOn: boolean
  isPart?: boolean
  label: string
  isDisabled?: boolean
  onToggle: (isRange: boolean) => void
}

export const Tick = ({ isOn, isPart = false, label, isDisabled, onToggle }: Props) => {
  const box = useRef<HTMLInputElement>(null)
  const shift = useRef(false)
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPart && !isOn
  }, [isPart, isOn])
  return (
    // The label only widens the target; the name is on the box.
    <label onClick={(event) => event.stopPropagation()}>
      <input
        ref={box}
        type="checkbox"
        className="cd-check"
        aria-label={label}
        checked={isOn}
        disabled={isDisabled}
        onKeyDown={(event) => (shift.current = event.shiftKey)}
        onClick={(event) => (shift.current = event.shiftKey || shift.current)}
        onChange={() => {
          onToggle(shift.current)
          shift.current = false
        }}
      />
    </label>
  )
}
