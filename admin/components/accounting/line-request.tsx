/** The accounting request of a service in its row: an icon of how far it is, its number and the day of shipment. */

import type { LineRequest as Request } from '../../desk-types.ts'
import { recordUrl } from '../desk-api.ts'
import { shortNumber } from '../format.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'

const ICONS: Record<string, string> = {
  queued: 'Clock',
  sent: 'Send',
  done: 'CheckCircle',
  failed: 'AlertTriangle',
  acknowledged: 'Check',
}

export const LineRequest = ({ request }: { request: Request | null }) => {
  const words = useWords()
  if (!request) return <span className="cd-muted cd-none">—</span>
  const { id, number, state, outcome, shipmentOn, at } = request
  const end = state === 'failed' || state === 'done' ? outcome : null
  const said = words.t('screens.lines.request', {
    number,
    state: words.value('accounting-requests', end ? 'outcome' : 'state', end ?? state),
    at: words.moment(at),
    shipment: words.day(shipmentOn),
  })
  return (
    <GoLink
      href={recordUrl('accounting-requests', id)}
      className={state === 'failed' ? 'cd-line-request cd-failed-text' : 'cd-line-request'}
      title={said}
    >
      <Icon name={ICONS[state] ?? 'Send'} />
      <span className="cd-code">{`№\u00a0${shortNumber(number)}`}</span>
      <span className="cd-hidden"> {said}</span>
    </GoLink>
  )
}
