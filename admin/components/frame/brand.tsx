/** The mark and the name that lead home. */

import { rootPath } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'

export const Brand = ({ onGo }: { onGo?: () => void }) => (
  <GoLink href={rootPath()} className="cd-brand" {...(onGo && { onGo })}>
    <span className="cd-brand-mark" aria-hidden>
      <svg className="cd-icon" viewBox="0 0 24 24">
        <circle cx="12" cy="9" r="5" />
        <path d="M9 13.2 7.6 21l4.4-2.4 4.4 2.4L15 13.2" />
      </svg>
    </span>
    <span className="cd-side-text">certdesk</span>
  </GoLink>
)
