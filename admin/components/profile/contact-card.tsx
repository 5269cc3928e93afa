/** How the office reaches one of its own: the address and the phone of their account. */

import type { OwnContact } from '../../identity-types.ts'
import { desk } from '../desk-api.ts'
import { ContactSection } from '../identity/contact-section.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import type { Change } from './use-change.tsx'

export const ContactCard = ({ change }: { change: Change }) => {
  const { data, failure, reload } = useLoaded('profile/phone', (signal) =>
    desk<OwnContact>('profile/phone', {}, signal),
  )
  if (failure)
    return (
      <section className="cd-card">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  return data ? <ContactSection own={data} change={change} onChanged={reload} /> : <SkeletonCard lines={3} />
}
