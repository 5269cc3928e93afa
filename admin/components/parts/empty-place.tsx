/** An empty place that says what will be here, why it is empty and what fills it. */

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type Props = {
  icon?: string
  title: string
  text?: string
  /** It is all the page has: its title is the page's. */
  isPage?: boolean
  children?: ReactNode
}

export const EmptyPlace = ({ icon = 'Inbox', title, text, isPage, children }: Props) => {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <div className="cd-empty">
      <span className="cd-empty-mark">
        <Icon name={icon} />
      </span>
      <Title className="cd-h3">{title}</Title>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
