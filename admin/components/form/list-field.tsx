/** Several values in one field: ticks when they are known, lines of text (addresses of mail) when they are not. */

import { useState } from 'react'

type Props = {
  id: string
  className: string
  value: unknown
  options?: { value: string; text: string }[] | undefined
  disabled?: boolean | undefined
  onChange: (value: unknown) => void
}

const itemsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : value ? String(value).split(',') : []

export const ListField = ({ id, className, value, options, disabled, onChange, ...aria }: Props) => {
  const items = itemsOf(value)
  const [text, setText] = useState(items.join('\n'))
  if (!options?.length) {
    return (
      <textarea
        {...aria}
        id={id}
        className={className}
        rows={3}
        disabled={disabled}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(event.target.value.split(/[\s,;]+/).filter(Boolean))
        }}
      />
    )
  }
  return (
    <div className="cd-ticks" id={id} role="group" tabIndex={-1} {...aria}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="cd-chip"
          disabled={disabled}
          aria-pressed={items.includes(option.value)}
          onClick={() =>
            onChange(
              items.includes(option.value)
                ? items.filter((one) => one !== option.value)
                : [...items, option.value],
            )
          }
        >
          {option.text}
        </button>
      ))}
    </div>
  )
}
