/** The popover that sets one condition: a text, some of the states, a range of days or sums, a reference, yes or no. */

import { useState, type FormEvent } from 'react'
import { parseDay } from '../../../src/domain/typed-day.ts'
import type { FilterField } from '../../view-types.ts'
import { DayField } from '../form/day-field.tsx'
import { ReferenceField } from '../form/reference-field.tsx'
import { dayOf, typedMoney } from '../format.ts'
import { Button } from '../parts/button.tsx'
import { Pop } from '../parts/pop.tsx'
import { useWords } from '../use-words.ts'
import type { Condition } from './use-sentence.ts'

type Props = {
  resourceId: string
  field: FilterField
  condition: Condition
  onSet: (condition: Condition | null) => void
}

const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const monthRange = (today: string, back: number): [string, string] => {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10)
  return [first, new Date(Date.UTC(year, month - back, 0)).toISOString().slice(0, 10)]
}
const PRESETS: Record<string, (today: string) => [string, string]> = {
  today: (today) => [today, today],
  yesterday: (today) => [addDays(today, -1), addDays(today, -1)],
  week: (today) => [addDays(today, -6), today],
  month: (today) => monthRange(today, 0),
  last_month: (today) => monthRange(today, 1),
}

export const ConditionEditor = ({ resourceId, field, condition, onSet }: Props) => {
  const words = useWords()
  const isMoney = field.as === 'money'
  const isTime = field.as === 'day' || field.as === 'instant'
  const isRange = isTime || isMoney || field.as === 'number' || field.as === 'percent'
  const start = (bound: string | undefined) =>
    bound === undefined ? '' : isMoney && /^\d+$/.test(bound) ? words.sum(Number(bound)) : bound
  const exact = isRange && condition.value && !condition.value.startsWith('~') ? condition.value : undefined
  const [value, setValue] = useState(isRange ? '' : (condition.value ?? '').replace(/^~.*/, ''))
  const [from, setFrom] = useState(start(condition.from ?? exact))
  const [to, setTo] = useState(start(condition.to ?? exact))
  const [fault, setFault] = useState('')
  const label = words.property(resourceId, field.property)
  const chosen = value ? value.split(',') : []

  const boundOf = (text: string): string | null => {
    const clean = text.trim()
    if (!clean) return clean
    if (isTime) return parseDay(clean)
    if (isMoney) {
      const minor = typedMoney(clean)
      return minor === null ? null : String(minor)
    }
    const number = clean.replaceAll(/[\s\u00a0]/g, '').replace(',', '.')
    return Number.isFinite(Number(number)) ? number : null
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!isRange) {
      if (
        (field.as === 'text' || field.as === 'long') &&
        value.trim().length > 0 &&
        value.trim().length < 3
      ) {
        setFault(words.t('screens.filter.too_short'))
        return
      }
      onSet(value.trim() ? { value: value.trim() } : null)
      return
    }
    const low = boundOf(from)
    const high = boundOf(to)
    if (low === null || high === null)
      setFault(isTime ? words.fault('bad-day') : words.t('screens.filter.no_number'))
    else if (low && high && (isTime ? low > high : Number(low) > Number(high)))
      setFault(words.t('screens.filter.upside_down'))
    else onSet(low || high ? { ...(low && { from: low }), ...(high && { to: high }) } : null)
  }

  const body = () => {
    if (isRange) {
      return (
        <>
          {isTime ? (
            <div className="cd-ticks">
              {Object.entries(PRESETS).map(([key, range]) => (
                <button
                  key={key}
                  type="button"
                  className="cd-chip"
                  onClick={() => {
                    const [first, last] = range(dayOf(new Date(), words.timezone))
                    onSet({ from: first, to: last })
                  }}
                >
                  {words.t(`screens.filter.presets.${key}`)}
                </button>
              ))}
            </div>
          ) : null}
          <div className="cd-form-grid">
            {(
              [
                ['from', from, setFrom],
                ['to', to, setTo],
              ] as const
            ).map(([key, text, set], index) => {
              const common = {
                id: `cd-condition-${key}`,
                className: 'cd-input',
                'aria-invalid': fault ? true : undefined,
                autoFocus: index === 0,
              }
              return (
                <div key={key} className="cd-form-field cd-form-half">
                  <label className="cd-label" htmlFor={common.id}>
                    {words.t(`screens.filter.${key}_label`)}
                  </label>
                  {isTime ? (
                    <DayField {...common} value={text} onChange={(day) => set(day ?? '')} />
                  ) : (
                    <input
                      {...common}
                      type="text"
                      inputMode="decimal"
                      value={text}
                      onChange={(event) => set(event.target.value)}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </>
      )
    }
    if (field.as === 'state' || field.as === 'standing' || field.as === 'choice' || field.as === 'list') {
      return (
        <div className="cd-pop-scroll" role="group" aria-label={label}>
          {(field.options ?? []).map((option) => (
            <label key={option} className="cd-tick-line">
              <input
                type="checkbox"
                className="cd-check"
                checked={chosen.includes(option)}
                onChange={(event) =>
                  setValue(
                    (event.target.checked
                      ? [...chosen, option]
                      : chosen.filter((one) => one !== option)
                    ).join(','),
                  )
                }
              />
              {words.value(resourceId, field.property, option)}
            </label>
          ))}
        </div>
      )
    }
    if (field.as === 'flag') {
      return (
        <div className="cd-ticks">
          {['true', 'false'].map((one) => (
            <button
              key={one}
              type="button"
              className="cd-chip"
              aria-pressed={value === one}
              onClick={() => onSet({ value: one })}
            >
              {words.t(one === 'true' ? 'screens.yes' : 'screens.no')}
            </button>
          ))}
        </div>
      )
    }
    if (field.as === 'reference' && field.reference) {
      return (
        <ReferenceField
          id={`condition-${field.property}`}
          resourceId={field.reference}
          value={value}
          label={label}
          isFocused
          onChange={(id) => setValue(id ?? '')}
        />
      )
    }
    return (
      <input
        className="cd-input"
        type="text"
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        value={value}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person just asked for this field
        autoFocus
        onChange={(event) => setValue(event.target.value)}
      />
    )
  }

  return (
    <Pop label={label} className="cd-pop-wide">
      <form className="cd-work cd-stack" onSubmit={submit}>
        <p className="cd-h3">{label}</p>
        {body()}
        {fault ? (
          <p className="cd-fault" role="alert">
            {fault}
          </p>
        ) : null}
        <div className="cd-row cd-row-wrap">
          <Button type="submit" look="primary" isSmall testId="filter-apply">
            {words.t('screens.filter.apply')}
          </Button>
          <Button isSmall onClick={() => onSet({ value: '~empty' })}>
            {words.t('screens.filter.only_empty')}
          </Button>
          <Button isSmall onClick={() => onSet({ value: '~filled' })}>
            {words.t('screens.filter.only_filled')}
          </Button>
        </div>
      </form>
    </Pop>
  )
}
