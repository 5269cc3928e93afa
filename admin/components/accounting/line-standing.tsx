/** Where a service stands, with how long accounting has been silent or the day it was shipped. */

import type { LineRequest } from '../../desk-types.ts'
import type { Tones } from '../../view-types.ts'
import { StateBadge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'

type Props = {
  standing: string
  request: LineRequest | null
  shippedOn?: string | null
  tones: Tones | undefined
}

export const LineStanding = ({ standing, request, shippedOn, tones }: Props) => {
  const words = useWords()
  const after =
    standing === 'unanswered' && request
      ? words.wait(Date.now() - Date.parse(request.at))
      : standing === 'shipped' && shippedOn
        ? words.day(shippedOn).slice(0, 5)
        : undefined
  return (
    <StateBadge
      resourceId="invoice-lines"
      property="standing"
      value={standing}
      tones={tones}
      {...(after && { after })}
    />
  )
}
