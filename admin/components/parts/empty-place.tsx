/** An empty place that says what will be here, why it is empty and what fills it. */

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type Props = { icon?: string; title: string; text?: string; children?: ReactNode }

export const EmptyPlace = ({ icon = 'Inbox', title, text, children }: Props) => (
  <div className="cd-empty">
    <span className="cd-empty-mark">
      <Icon name={icon} />
    </span>
    <h3 className="cd-h3">{title}</h3>
    {text ? <p>{text}</p> : null}
    {children}
  </div>
)
