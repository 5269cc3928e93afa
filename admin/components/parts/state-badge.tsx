/** The state of a thing as a word on the colour that says whose move it is. */

import { useMe } from '../adminjs-state.ts'
import type { Tone } from '../../desk-types.ts'
import type { Tones } from '../../view-types.ts'
import { useWords } from '../use-words.ts'

export const Badge = ({
  tone,
  children,
  title,
}: {
  tone: Tone
  children: React.ReactNode
  title?: string
}) => (
  <span className={`cd-state cd-tone-${tone}`} title={title}>
    <span className="cd-cut">{children}</span>
  </span>
)

type Props = {
  resourceId: string
  property: string
  value: string
  tones?: Tones | undefined
  after?: string
}

export const StateBadge = ({ resourceId, property, value, tones, after }: Props) => {
  const words = useWords()
  const { role } = useMe()
  const tone = tones?.[role]?.[value] ?? tones?.all[value] ?? 'draft'
  return (
    <Badge tone={tone}>
      {words.value(resourceId, property, value)}
      {after ? ` ${after}` : ''}
    </Badge>
  )
}
