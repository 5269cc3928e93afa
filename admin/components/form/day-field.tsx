/** The fields of a day and of a moment: typed as one writes it in one's language, or picked from a calendar. */

import { useRef, useState } from 'react'
import { formatTypedDay, parseDay } from '../../../src/domain/typed-day.ts'
import { instantOf, wallOf } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

type Props = Omit<React.InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  /** YYYY-MM-DD, or YYYY-MM-DDTHH:MM with `hasTime`. */
  value: string
  hasTime?: boolean
  onChange: (value: string | null) => void
}

/** The browser's own field of a date speaks the browser's language, not the one chosen here: its calendar is borrowed. */
export const DayField = ({ value, hasTime = false, onChange, className = '', ...rest }: Props) => {
  const { t, language } = useWords()
  /** What is being typed now; put in order when the field is left. */
  const [typing, setTyping] = useState<string | null>(null)
  const calendar = useRef<HTMLInputElement>(null)
  const openCalendar = () => calendar.current?.showPicker()
  return (
    <span className="cd-day">
      <input
        {...rest}
        className={`${className} cd-day-text`}
        type="text"
        autoComplete="off"
        placeholder={t(hasTime ? 'formats.type_moment' : 'formats.type_day')}
        value={typing ?? formatTypedDay(value, language)}
        onBlur={() => setTyping(null)}
        onKeyDown={(event) => {
          if (!event.altKey || event.key !== 'ArrowDown') return
          event.preventDefault()
          openCalendar()
        }}
        onChange={(event) => {
          setTyping(event.target.value)
          // What is no day goes as typed: it is told beside the field what is wrong with it.
          const typed = event.target.value.trim()
          onChange(typed === '' ? null : (parseDay(typed, hasTime) ?? typed))
        }}
      />
      <button
        type="button"
        className="cd-icon-button cd-icon-button-small cd-day-open"
        title={t('screens.form.calendar')}
        aria-label={t('screens.form.calendar')}
        tabIndex={-1}
        disabled={rest.disabled}
        onClick={openCalendar}
      >
        <Icon name="Calendar" />
      </button>
      <input
        ref={calendar}
        className="cd-day-calendar"
        type={hasTime ? 'datetime-local' : 'date'}
        aria-hidden
        tabIndex={-1}
        value={parseDay(value, hasTime) ?? ''}
        onChange={(event) => {
          setTyping(null)
          onChange(event.target.value || null)
        }}
      />
    </span>
  )
}

type MomentProps = Omit<Props, 'hasTime'>

/** A moment by the clock of the person, kept as an instant. */
export const MomentField = ({ value, onChange, ...rest }: MomentProps) => {
  const { timezone } = useWords()
  const isInstant = /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value)
  return (
    <DayField
      {...rest}
      hasTime
      value={isInstant ? wallOf(value, timezone) : value}
      onChange={(typed) => onChange(typed && parseDay(typed, true) ? instantOf(typed, timezone) : typed)}
    />
  )
}
