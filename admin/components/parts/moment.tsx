/** An instant as one says it, exact on hover, kept fresh while it is minutes old. */

import { useEffect, useState } from 'react'
import { useWords } from '../use-words.ts'

export const Moment = ({ at }: { at: string }) => {
  const words = useWords()
  const [, tick] = useState(0)
  const isFresh = Math.abs(Date.now() - new Date(at).getTime()) < 3_600_000
  useEffect(() => {
    if (!isFresh) return
    const timer = setInterval(() => tick((count) => count + 1), 30_000)
    return () => clearInterval(timer)
  }, [isFresh])
  return (
    <time dateTime={at} title={words.exact(at)} className="cd-code">
      {words.moment(at)}
    </time>
  )
}
