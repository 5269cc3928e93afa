/** How well a person is known, and the steps that lead further: papers told and checked, then confirmed in person. */

import type { OwnIdentity } from '../../identity-types.ts'
import { desk } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { ConfirmSection } from './confirm-section.tsx'
import { ContactSection } from './contact-section.tsx'
import { LevelLadder } from './level-ladder.tsx'
import { PapersSection } from './papers-section.tsx'

type Props = { change: Change; onChanged: () => void }

export const IdentityTab = ({ change, onChanged }: Props) => {
  const { data, failure, reload } = useLoaded('profile/identity', (signal) =>
    desk<OwnIdentity>('profile/identity', {}, signal),
  )
  useOnPulse(reload)
  const changed = () => {
    reload()
    // The name is locked with the first check.
    onChanged()
  }
  if (failure)
    return (
      <section className="cd-card">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  if (!data) return <SkeletonCard lines={8} />
  const parts = { own: data, change, onChanged: changed }
  return (
    <>
      <LevelLadder own={data} />
      <ContactSection {...parts} />
      <PapersSection {...parts} />
      {data.papers?.state === 'checked' || data.papers?.state === 'confirmed' ? (
        <ConfirmSection {...parts} />
      ) : null}
    </>
  )
}
