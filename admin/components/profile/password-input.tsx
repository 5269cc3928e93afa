/** A field for a password or a code, with its fault beside it. */

import type { ReactNode } from 'react'
import { Icon } from '../parts/icon.tsx'

type Props = {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  autoComplete: string
  fault?: string | null
  isShown?: boolean
  isCode?: boolean
  describedBy?: string
  children?: ReactNode
}

export const PasswordInput = (props: Props) => {
  const { id, label, value, onChange, autoComplete, fault, isShown, isCode, describedBy, children } = props
  const described = [fault ? `${id}-fault` : '', describedBy ?? ''].filter(Boolean).join(' ')
  return (
    <div className="cd-form-field">
      <label className="cd-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={isCode ? 'cd-input cd-one-time' : 'cd-input'}
        type={isShown || isCode ? 'text' : 'password'}
        inputMode={isCode ? 'numeric' : undefined}
        autoComplete={autoComplete}
        maxLength={isCode ? 10 : 200}
        required
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault ? (
        <p className="cd-fault" id={`${id}-fault`} role="alert">
          <Icon name="AlertTriangle" />
          <span>{fault}</span>
        </p>
      ) : null}
      {children}
    </div>
  )
}
