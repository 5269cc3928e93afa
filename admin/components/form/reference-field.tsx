/** Chooses a record of another resource by typing a piece of its name. */

import { useEffect, useId, useRef, useState } from 'react'
import { readRecord, searchRecords, type RecordData } from '../desk-api.ts'
import { Icon } from '../parts/icon.tsx'
import { Matched } from '../parts/matched.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { useWords } from '../use-words.ts'

type Props = {
  id: string
  resourceId: string
  value: string
  label: string
  /** The title that is known already, so that nothing need be asked. */
  title?: string | undefined
  filters?: Record<string, string> | undefined
  isLocked?: boolean | undefined
  isInvalid?: boolean
  isFocused?: boolean
  isSmall?: boolean
  describedBy?: string
  onChange: (id: string | null, record: RecordData | null) => void
}

export const ReferenceField = (props: Props) => {
  const {
    id,
    resourceId,
    value,
    label,
    filters = {},
    isLocked,
    isInvalid,
    isFocused,
    isSmall,
    describedBy,
    onChange,
  } = props
  const { t } = useWords()
  const listId = useId()
  const root = useRef<HTMLDivElement>(null)
  const [title, setTitle] = useState(props.title ?? '')
  const [text, setText] = useState<string | null>(null)
  const [found, setFound] = useState<RecordData[] | null>(null)
  const [at, setAt] = useState(0)
  const isOpen = text !== null
  const close = () => setText(null)
  useDismiss(isOpen, close, root)

  useEffect(() => {
    if (props.title !== undefined) setTitle(props.title)
  }, [props.title])
  useEffect(() => {
    if (!value || props.title !== undefined) {
      if (!value) setTitle('')
      return
    }
    const abort = new AbortController()
    readRecord(resourceId, value, 'show', abort.signal)
      .then(({ record }) => setTitle(record?.title ?? value))
      .catch(() => !abort.signal.aborted && setTitle(value))
    return () => abort.abort()
  }, [value, resourceId])

  const narrowed = JSON.stringify(filters)
  useEffect(() => {
    if (text === null) return
    const abort = new AbortController()
    const timer = setTimeout(
      () => {
        searchRecords(resourceId, text.trim(), filters, abort.signal)
          .then((records) => {
            setFound(records)
            setAt(0)
          })
          .catch(() => !abort.signal.aborted && setFound([]))
      },
      text ? 150 : 0,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text, resourceId, narrowed])

  const pick = (record: RecordData) => {
    setTitle(record.title)
    close()
    onChange(String(record.id), record)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) setText('')
      const count = found?.length ?? 0
      if (count) setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : -1) + count) % count)
    }
    const record = found?.[at]
    if (event.key === 'Enter' && isOpen && record && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      pick(record)
    }
    if (event.key === 'Tab') close()
  }
  return (
    <div className="cd-combo" ref={root}>
      <input
        id={id}
        type="text"
        role="combobox"
        className={isSmall ? 'cd-input cd-input-small' : 'cd-input'}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found?.length ? `${listId}-${at}` : undefined}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy || undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={isLocked}
        placeholder={t('screens.form.find')}
        value={text ?? title}
        title={title || undefined}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the person just asked for this field
        autoFocus={isFocused}
        onClick={() => setText((now) => now ?? '')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value && !isLocked && !isSmall ? (
        <button
          type="button"
          className="cd-icon-button cd-icon-button-small cd-combo-clear"
          aria-label={t('screens.form.clear', { label })}
          onClick={() => {
            setTitle('')
            onChange(null, null)
          }}
        >
          <Icon name="X" />
        </button>
      ) : null}
      <div
        className={isOpen ? 'cd-combo-list' : 'cd-hidden'}
        role="listbox"
        id={listId}
        aria-label={label}
        hidden={!isOpen}
      >
        {isOpen && found?.length === 0 ? (
          <p className="cd-combo-option cd-muted">{t('screens.form.nothing_found')}</p>
        ) : null}
        {isOpen && found === null ? <p className="cd-combo-option cd-muted">{t('screens.loading')}</p> : null}
        {isOpen &&
          found?.map((record, index) => (
            <div
              key={record.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className="cd-combo-option"
              onPointerMove={() => setAt(index)}
              onClick={() => pick(record)}
            >
              <Matched text={record.title} match={text ?? ''} />
            </div>
          ))}
      </div>
    </div>
  )
}
