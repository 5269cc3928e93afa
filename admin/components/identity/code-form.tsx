/** A code that came from elsewhere, by a letter or a text message, is typed and entered. */

import type { FormEvent, ReactNode } from 'react'
import { FieldInput } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'

type Props = {
  id: string
  label: string
  hint?: string | undefined
  maxLength: number
  code: string
  fault: string | undefined
  isBusy: boolean
  /** Text of the button. */
  enter: string
  testId: string
  onChange: (code: string) => void
  onEnter: () => void
  /** Stands above the field. */
  lead?: ReactNode
  /** Further buttons. */
  children?: ReactNode
}

export const CodeForm = ({
  id,
  label,
  hint,
  maxLength,
  code,
  fault,
  isBusy,
  enter,
  testId,
  onChange,
  onEnter,
  lead,
  children,
}: Props) => {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onEnter()
  }
  return (
    <form className="cd-letter-code" noValidate onSubmit={submit}>
      {lead}
      <FieldInput
        id={id}
        spec={{ name: 'code', as: 'code', label, hint, isRequired: true, maxLength }}
        value={code}
        fault={fault}
        onChange={(value) => onChange(String(value ?? ''))}
      />
      <div className="cd-row cd-row-wrap">
        <Button type="submit" look="primary" isBusy={isBusy} testId={testId}>
          {enter}
        </Button>
        {children}
      </div>
    </form>
  )
}
