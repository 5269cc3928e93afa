/** An amount typed as one writes it and kept in minor units; it is put in order when the field is left. */

import { useEffect, useState } from 'react'
import { parseMoney, signOf } from '../format.ts'
import { useWords } from '../use-words.ts'

type Props = Omit<React.InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  value: unknown
  currency?: string | undefined
  onChange: (value: unknown) => void
}

export const MoneyField = ({ value, currency, onChange, ...rest }: Props) => {
  const words = useWords()
  const shown = () =>
    value === null || value === undefined || value === ''
      ? ''
      : Number.isFinite(Number(value))
        ? words
            .number(Number(value) / 100, 2)
            .replace(/^([^.,]*)$/, words.language === 'ru' ? '$1,00' : '$1.00')
        : String(value)
  const [text, setText] = useState(shown)
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setText(shown())
  }, [value, isTyping, words.language])
  return (
    <input
      {...rest}
      className={`${rest.className ?? ''} cd-number`}
      type="text"
      inputMode="decimal"
      placeholder={currency ? `0,00\u00a0${signOf(currency)}` : undefined}
      value={text}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      onChange={(event) => {
        setText(event.target.value)
        // What is no amount goes as typed: the server says what is wrong with it, beside the field.
        onChange(
          event.target.value.trim() === '' ? null : (parseMoney(event.target.value) ?? event.target.value),
        )
      }}
    />
  )
}
