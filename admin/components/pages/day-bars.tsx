/** The last days of a figure as bars; the numbers are read by name, the picture is for the eye. */

import { useWords } from '../use-words.ts'

type Props = {
  days: { on: string; value: number }[]
  look: 'yours' | 'theirs' | 'done' | 'fail'
  label: string
}

const HEIGHT = 34
const STEP = 9
const WIDTH = 6

export const DayBars = ({ days, look, label }: Props) => {
  const words = useWords()
  const top = Math.max(1, ...days.map(({ value }) => value))
  return (
    <svg
      className={`cd-bars cd-bars-${look}`}
      viewBox={`0 0 ${Math.max(1, days.length) * STEP - (STEP - WIDTH)} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${days.map(({ on, value }) => `${words.dayWords(on)} ${words.number(value)}`).join(', ')}`}
    >
      {days.map(({ on, value }, index) => {
        // A day of nothing keeps a hair, so that the rhythm of days stays readable.
        const height = value ? Math.max(2, (value / top) * (HEIGHT - 1)) : 1
        return (
          <rect
            key={on}
            x={index * STEP}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
            rx="1"
            opacity={value ? 1 : 0.3}
          >
            <title>{`${words.dayWords(on)}: ${words.number(value)}`}</title>
          </rect>
        )
      })}
    </svg>
  )
}
