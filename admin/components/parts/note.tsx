/** A coloured strip that stays: what happened and what can be done about it. */

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

const ICONS = { ok: 'Check', error: 'AlertTriangle', warn: 'AlertCircle', tip: 'Info' }
type Props = { look: keyof typeof ICONS; children: ReactNode; actions?: ReactNode; isAlert?: boolean }

export const Note = ({ look, children, actions, isAlert }: Props) => (
  <div className={`cd-note cd-note-${look}`} role={isAlert ? 'alert' : undefined}>
    <Icon name={ICONS[look]} />
    <div className="cd-note-text">{children}</div>
    {actions ? <div className="cd-note-actions">{actions}</div> : null}
  </div>
)
