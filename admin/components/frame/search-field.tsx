/** The one search field: a panel of grouped hits while typing, the recent ones before it. */

import { useEffect, useId, useRef, useState } from 'react'
import type { SearchAnswer, SearchHit } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { Icon } from '../parts/icon.tsx'
import { Matched } from '../parts/matched.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { useGo } from '../use-go.ts'
import { useRecent } from '../use-recent.ts'
import { useWords } from '../use-words.ts'

type Group = { key: string; title: string; hits: SearchHit[] }

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export const SearchField = () => {
  const words = useWords()
  const go = useGo()
  const listId = useId()
  const root = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [answer, setAnswer] = useState<SearchAnswer | null>(null)
  const [isBroken, setBroken] = useState(false)
  const [at, setAt] = useState(-1)
  /** Enter was pressed before the answer came: its first hit is opened as soon as it is there. */
  const isAwaited = useRef(false)
  const { recent, remember } = useRecent()
  const close = () => {
    isAwaited.current = false
    setOpen(false)
  }
  useDismiss(isOpen, close, root)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isShortcut = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
      if (!isShortcut || isTyping(event.target) || document.querySelector('[aria-modal=true]')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const asked = text.trim()
  useEffect(() => {
    setAt(-1)
    setBroken(false)
    isAwaited.current = false
    if (asked.length < 2) {
      setAnswer(null)
      return
    }
    const abort = new AbortController()
    const timer = setTimeout(() => {
      desk<SearchAnswer>('search', { q: asked }, abort.signal)
        .then((found) => {
          setAnswer(found)
          // The first hit is the likeliest: Enter alone opens it.
          const first = found.groups[0]?.hits[0]
          setAt(first ? 0 : -1)
          if (first && isAwaited.current) open(first)
        })
        .catch(() => !abort.signal.aborted && setBroken(true))
    }, 120)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [asked])

  const groups: Group[] =
    asked.length < 2
      ? recent.length
        ? [{ key: 'recent', title: words.t('screens.search.recent'), hits: recent }]
        : []
      : (answer?.groups ?? []).map(({ key, hits }) => ({
          key,
          title: words.t(`screens.search.groups.${key}`),
          hits: hits.slice(0, 3),
        }))
  const hits = groups.flatMap((group) => group.hits)
  const open = (hit: SearchHit) => {
    remember(hit)
    close()
    setText('')
    input.current?.blur()
    go(hit.href)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (hits.length) setAt((now) => (now + step + hits.length) % hits.length)
    }
    const hit = hits[at]
    if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      if (hit) open(hit)
      else isAwaited.current = answer?.query !== asked
    }
    if (event.key === 'Escape') {
      if (text) setText('')
      else input.current?.blur()
      close()
    }
    if (event.key === 'Tab') close()
  }

  const isPanel = isOpen && (asked.length >= 2 || recent.length > 0)
  const isEmpty = asked.length >= 2 && answer?.query === asked && hits.length === 0
  let index = -1
  return (
    <div className="cd-find" ref={root} role="search">
      <div className="cd-find-field">
        <Icon name="Search" />
        <input
          ref={input}
          type="search"
          className="cd-find-input"
          role="combobox"
          aria-label={words.t('screens.search.label')}
          aria-expanded={isPanel}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isPanel && at >= 0 ? `${listId}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.t('screens.search.placeholder')}
          data-testid="desk-search"
          value={text}
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd className="cd-kbd cd-not-phone" aria-hidden>
          /
        </kbd>
      </div>
      <div className={isPanel ? 'cd-find-panel' : 'cd-hidden'} hidden={!isPanel}>
        <div role="listbox" id={listId} aria-label={words.t('screens.search.label')}>
          {isPanel &&
            groups.map((group) => (
              <div key={group.key} role="group" aria-label={group.title}>
                <p className="cd-find-group" aria-hidden>
                  {group.title}
                </p>
                {group.hits.map((hit) => {
                  index += 1
                  const here = index
                  return (
                    <a
                      key={`${group.key}${hit.id}`}
                      id={`${listId}-${here}`}
                      role="option"
                      aria-selected={here === at}
                      className="cd-find-hit"
                      href={hit.href}
                      tabIndex={-1}
                      onPointerMove={() => setAt(here)}
                      onClick={(event) => {
                        if (event.metaKey || event.ctrlKey || event.shiftKey) return
                        event.preventDefault()
                        open(hit)
                      }}
                    >
                      <span className="cd-find-hit-title cd-cut">
                        <Matched text={hit.title} match={hit.match || asked} />
                      </span>
                      <span className="cd-muted cd-small cd-code">
                        <Matched text={hit.subtitle} match={hit.match || asked} />
                      </span>
                    </a>
                  )
                })}
              </div>
            ))}
        </div>
        {isEmpty ? (
          <p className="cd-card-body cd-soft">{words.t('screens.search.nothing', { text: asked })}</p>
        ) : null}
        {isBroken ? <p className="cd-card-body cd-failed-text">{words.t('screens.failure.broken')}</p> : null}
        <p className="cd-find-foot cd-not-phone" aria-hidden>
          <span>
            <kbd className="cd-kbd">↑</kbd> <kbd className="cd-kbd">↓</kbd> {words.t('screens.search.walk')}
          </span>
          <span>
            <kbd className="cd-kbd">Enter</kbd> {words.t('screens.search.open')}
          </span>
          <span>
            <kbd className="cd-kbd">Esc</kbd> {words.t('screens.search.close')}
          </span>
        </p>
      </div>
      <span className="cd-hidden" role="status">
        {isPanel && answer ? words.t('screens.search.found', { count: hits.length }) : ''}
      </span>
    </div>
  )
}
