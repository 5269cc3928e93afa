/** Draws one small line icon by its name, from the set the page already carries. */

import * as feather from 'react-feather'

const set = feather as unknown as Record<
  string,
  React.ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
>

export const Icon = ({ name }: { name: string }) => {
  const Drawn = set[name] ?? set['Circle']
  return Drawn ? <Drawn className="cd-icon" aria-hidden /> : null
}
