/** The filter: «Фильтр» adds a condition, each reads as a sentence, a press on it edits it in place. */

import { useRef, useState } from 'react'
import type { FilterField } from '../../view-types.ts'
import { Icon } from '../parts/icon.tsx'
import { Pop } from '../parts/pop.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { useWords } from '../use-words.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { useSentence, type Condition } from './use-sentence.ts'
import type { Filters } from './use-list-address.ts'

type Props = {
  resourceId: string
  fields: FilterField[]
  filters: Filters
  /** Properties a pressed chip already speaks for. */
  covered: string[]
  onChange: (filters: Filters) => void
}

/** `filters.x`, `filters.x~~from`, `filters.x~~to` of one property together. */
const conditionOf = (filters: Filters, property: string): Condition | null => {
  const value = filters[property]
  const from = filters[`${property}~~from`]
  const to = filters[`${property}~~to`]
  if (value === undefined && from === undefined && to === undefined) return null
  return {
    ...(value !== undefined && { value }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

const withCondition = (filters: Filters, property: string, condition: Condition | null): Filters => {
  const next = { ...filters }
  for (const key of [property, `${property}~~from`, `${property}~~to`]) delete next[key]
  if (condition?.value) next[property] = condition.value
  if (condition?.from) next[`${property}~~from`] = condition.from
  if (condition?.to) next[`${property}~~to`] = condition.to
  return next
}

export const Conditions = ({ resourceId, fields, filters, covered, onChange }: Props) => {
  const words = useWords()
  const set = fields.filter(({ property }) => conditionOf(filters, property) && !covered.includes(property))
  const free = fields.filter(({ property }) => !conditionOf(filters, property))
  const [added, setAdded] = useState<FilterField | null>(null)
  return (
    <>
      {set.map((field) => (
        <OneCondition
          key={field.property}
          resourceId={resourceId}
          field={field}
          condition={conditionOf(filters, field.property) ?? {}}
          onChange={(condition) => onChange(withCondition(filters, field.property, condition))}
        />
      ))}
      {free.length ? (
        <AddCondition
          resourceId={resourceId}
          fields={free}
          chosen={added}
          onChoose={setAdded}
          onSet={(field, condition) => {
            setAdded(null)
            onChange(withCondition(filters, field.property, condition))
          }}
        />
      ) : null}
      {set.length ? (
        <button
          type="button"
          className="cd-button cd-button-bare cd-button-small"
          onClick={() => onChange({})}
        >
          {words.t('screens.filter.drop_all')}
        </button>
      ) : null}
    </>
  )
}

type OneProps = {
  resourceId: string
  field: FilterField
  condition: Condition
  onChange: (condition: Condition | null) => void
}

const OneCondition = ({ resourceId, field, condition, onChange }: OneProps) => {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const sentence = useSentence(resourceId, field, condition)
  useDismiss(isOpen, () => setOpen(false), root)
  return (
    <div className="cd-anchor" ref={root}>
      <span className="cd-condition">
        <button
          type="button"
          className="cd-condition-text cd-cut"
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          title={words.t('screens.filter.edit')}
          onClick={() => setOpen(!isOpen)}
        >
          {sentence}
        </button>
        <button
          type="button"
          className="cd-condition-drop"
          aria-label={words.t('screens.filter.drop', { sentence })}
          onClick={() => onChange(null)}
        >
          <Icon name="X" />
        </button>
      </span>
      {isOpen ? (
        <ConditionEditor
          resourceId={resourceId}
          field={field}
          condition={condition}
          onSet={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      ) : null}
    </div>
  )
}

type AddProps = {
  resourceId: string
  fields: FilterField[]
  chosen: FilterField | null
  onChoose: (field: FilterField | null) => void
  onSet: (field: FilterField, condition: Condition | null) => void
}

const AddCondition = ({ resourceId, fields, chosen, onChoose, onSet }: AddProps) => {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    onChoose(null)
  }
  useDismiss(isOpen, close, root)
  return (
    <div className="cd-anchor" ref={root}>
      <button
        type="button"
        className="cd-chip cd-chip-add"
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        data-testid="filter-add"
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        <Icon name="Filter" />
        {words.t('screens.filter.title')}
      </button>
      {isOpen && !chosen ? (
        <Pop label={words.t('screens.filter.choose')} className="cd-pop-scroll">
          {fields.map((field, index) => (
            <button
              key={field.property}
              type="button"
              className="cd-menu-item"
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person just asked for this list
              autoFocus={index === 0}
              data-testid={`filter-${field.property}`}
              onClick={() => onChoose(field)}
            >
              {words.property(resourceId, field.property)}
            </button>
          ))}
        </Pop>
      ) : null}
      {isOpen && chosen ? (
        <ConditionEditor
          resourceId={resourceId}
          field={chosen}
          condition={{}}
          onSet={(condition) => {
            setOpen(false)
            onSet(chosen, condition)
          }}
        />
      ) : null}
    </div>
  )
}
