/** An amount typed as one writes it and kept in minor units; it is put in order when the field is left. */

import { useState } from 'react'
import { signOf, typedMoney } from '../format.ts'
import { useWords } from '../use-words.ts'

type Props = Omit<React.InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  value: unknown
  currency?: string | undefined
  onChange: (value: unknown) => void
}

export const MoneyField = ({ value, currency, onChange, ...rest }: Props) => {
  const words = useWords()
  // Text is what was typed and is no amount: it stands as it is.
  const shown = () => (typeof value === 'number' ? words.sum(value) : String(value ?? ''))
  const [typing, setTyping] = useState<string | null>(null)
  return (
    <input
      {...rest}
      className={`${rest.className ?? ''} cd-number`}
      type="text"
      inputMode="decimal"
      placeholder={currency ? `0,00\u00a0${signOf(currency)}` : undefined}
      value={typing ?? shown()}
      onBlur={() => setTyping(null)}
      onChange={(event) => {
        setTyping(event.target.value)
        // What is no amount goes as typed: the server says what is wrong with it, beside the field.
        onChange(
          event.target.value.trim() === '' ? null : (typedMoney(event.target.value) ?? event.target.value),
        )
      }}
    />
  )
}
