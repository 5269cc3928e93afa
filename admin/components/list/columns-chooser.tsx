/** Which columns stand in the list; the choice is kept with the account. */

import { useRef, useState } from 'react'
import type { ListColumn } from '../../view-types.ts'
import { Icon } from '../parts/icon.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { useWords } from '../use-words.ts'

type Props = {
  resourceId: string
  columns: ListColumn[]
  chosen: string[]
  onChoose: (properties: string[]) => void
  onReset: () => void
}

export const ColumnsChooser = ({ resourceId, columns, chosen, onChoose, onReset }: Props) => {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  useDismiss(isOpen, () => setOpen(false), root)
  return (
    <div className="cd-anchor cd-not-phone" ref={root}>
      <button
        type="button"
        className="cd-button cd-button-bare"
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="Columns" />
        {words.t('screens.list.columns')}
      </button>
      {isOpen ? (
        <div className="cd-pop cd-pop-end" role="dialog" aria-label={words.t('screens.list.columns')}>
          <div className="cd-pop-scroll cd-work">
            {columns.map(({ property }) => (
              <label key={property} className="cd-tick-line">
                <input
                  type="checkbox"
                  className="cd-check"
                  checked={chosen.includes(property)}
                  disabled={chosen.length === 1 && chosen.includes(property)}
                  onChange={(event) =>
                    onChoose(
                      columns
                        .map((column) => column.property)
                        .filter((one) => (one === property ? event.target.checked : chosen.includes(one))),
                    )
                  }
                />
                {words.property(resourceId, property)}
              </label>
            ))}
          </div>
          <div className="cd-menu-line" />
          <button type="button" className="cd-menu-item" onClick={onReset}>
            {words.t('screens.list.usual_columns')}
          </button>
        </div>
      ) : null}
    </div>
  )
}
