/** What stands where a conversation will be: its shape while it is read, or why it cannot be. */

import type { RequestFailed } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'

type Props = { failure: RequestFailed | undefined; onRetry: () => void }

export const ConversationPending = ({ failure, onRetry }: Props) =>
  failure ? (
    <section className="cd-card cd-conversation">
      <FailurePlace failure={failure} onRetry={onRetry} />
    </section>
  ) : (
    <SkeletonCard lines={8} />
  )
