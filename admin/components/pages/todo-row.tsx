/** A thing that waits for a person as one line: what it is, what it is about, and the one step that settles it. */

import type { QueueItem } from '../../desk-types.ts'
import { recordUrl } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Moment } from '../parts/moment.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'
import { queueParams } from './queue-params.ts'

type Props = { item: QueueItem; onRun: (item: QueueItem) => void; isPrimary: boolean }

export const TodoRow = ({ item, onRun, isPrimary }: Props) => {
  const words = useWords()
  const { kind, organisation, action } = item
  const params = queueParams(words, item)
  const detail = words.either([`queue.${kind}.detail`], '', params)
  // A step that only leads somewhere does not promise to be done by the press.
  const step = words.either([`queue.${kind}.${action ? 'step' : 'go'}`], words.t('queue.open'))
  return (
    <li className="cd-todo" data-testid={`queue-${item.key}`}>
      <div>
        <Badge tone={item.tone}>{words.t(`queue.${kind}.badge`)}</Badge>
      </div>
      <div className="cd-todo-text">
        <GoLink href={item.href}>
          <span className="cd-todo-what">{words.t(`queue.${kind}.title`, params)}</span>
        </GoLink>
        {detail ? <span className="cd-muted"> · {detail}</span> : null}
        {organisation ? (
          <span className="cd-muted">
            {' · '}
            <GoLink href={recordUrl('organisations', organisation.id)} className="cd-muted">
              {organisation.name}
            </GoLink>
          </span>
        ) : null}
      </div>
      <span className="cd-muted cd-small cd-not-phone">
        <Moment at={item.at} />
      </span>
      <div className="cd-todo-act">
        {action ? (
          <Button isSmall look={isPrimary ? 'primary' : 'plain'} onClick={() => onRun(item)}>
            {step}
          </Button>
        ) : (
          <GoLink href={item.href} className="cd-button cd-button-small">
            {step}
          </GoLink>
        )}
      </div>
    </li>
  )
}
