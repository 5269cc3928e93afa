/** Where a message is written: text, files, prepared answers; whatever fails, the text stays. */

import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Draft, ReplyTemplate } from '../../thread-types.ts'
import { deskPostHere, RequestFailed } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { Note } from '../parts/note.tsx'
import { useFileDrop } from '../parts/use-file-drop.ts'
import { useWords } from '../use-words.ts'
import { ComposerFiles } from './composer-files.tsx'
import { useDraft, type DraftPlace } from './use-draft.ts'
import { useDraftFiles } from './use-draft-files.ts'

type Props = {
  place: DraftPlace
  draft: Draft
  templates: ReplyTemplate[]
  hasTitle?: boolean
  /** Stands above the field: that the conversation is closed, to whom it goes. */
  children?: ReactNode
  onSent: (id: number) => void
}

/** Random as the protocol wants it, also where a page without https has no `randomUUID`. */
const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const Composer = ({ place, draft, templates, hasTitle = false, children, onSent }: Props) => {
  const words = useWords()
  const ids = { title: useId(), text: useId(), fault: useId(), keys: useId() }
  const typed = useDraft(place, draft)
  const { files, add, remove, clear, isBusy } = useDraftFiles(place, draft.files)
  const [faults, setFaults] = useState<{ title?: string; body?: string; whole?: string }>({})
  const [isSending, setSending] = useState(false)
  const { isOver, place: dropPlace } = useFileDrop((dropped) => void add(dropped))
  const field = useRef<HTMLTextAreaElement>(null)
  const pick = useRef<HTMLInputElement>(null)
  // The same words under the same key are one message however often they arrive; other words are another.
  const attempt = useRef<{ key: string; words: string } | null>(null)
  const { title, text } = typed.text

  useEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, 280)}px`
  }, [text])

  const send = async () => {
    if (isSending || isBusy) return
    const said = JSON.stringify([title, text])
    if (attempt.current?.words !== said) attempt.current = { key: newKey(), words: said }
    const { key } = attempt.current
    setSending(true)
    setFaults({})
    try {
      await typed.settle()
      const written = { key, body: text }
      const path = 'threadId' in place ? `threads/${place.threadId}/messages` : 'threads'
      const payload = 'threadId' in place ? written : { ...written, title, subject: place.subject }
      const { id } = await deskPostHere<{ id: number }>(path, payload)
      attempt.current = null
      typed.forget()
      clear()
      field.current?.focus()
      onSent(id)
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      const { fields = {}, code, params } = error.said ?? {}
      const say = (name: string) =>
        fields[name] ? words.fault(fields[name].code, fields[name].params) : undefined
      const [body, wrongTitle] = [say('body'), say('title')]
      const whole =
        body || wrongTitle
          ? undefined
          : error.code === 'signed-out'
            ? words.t('threads.composer.signed_out')
            : words.either([`errors.${code}`], words.t(`screens.failure.${error.code}`), params)
      setFaults({ ...(wrongTitle && { title: wrongTitle }), ...(body && { body }), ...(whole && { whole }) })
      field.current?.focus()
    } finally {
      setSending(false)
    }
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  const insert = (filled: string) => {
    typed.change({ text: text.trim() ? `${text.trimEnd()}\n\n${filled}` : filled })
    field.current?.focus()
  }
  const isSignedOut =
    typed.standing === 'signed-out' || faults.whole === words.t('threads.composer.signed_out')
  const standing = {
    idle: '',
    saving: words.t('threads.composer.saving'),
    saved: words.t('threads.composer.saved'),
    here: words.t('threads.composer.kept_here'),
    'signed-out': '',
  }[typed.standing]
  const isReply = 'threadId' in place
  return (
    <form
      className={isOver ? 'cd-composer cd-composer-over' : 'cd-composer'}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={onKeyDown}
      {...dropPlace}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        void add(event.clipboardData.files)
      }}
    >
      {children}
      {isSignedOut ? (
        <Note
          look="warn"
          isAlert
          actions={
            <Button isSmall onClick={() => location.reload()}>
              {words.t('threads.composer.sign_in')}
            </Button>
          }
        >
          {words.t('threads.composer.signed_out')}
        </Note>
      ) : faults.whole ? (
        <Note look="error" isAlert>
          {faults.whole}
        </Note>
      ) : null}
      {hasTitle ? (
        <div>
          <label htmlFor={ids.title} className="cd-label">
            {words.t('threads.new.subject')}
          </label>
          <input
            id={ids.title}
            className="cd-input"
            maxLength={200}
            value={title}
            placeholder={words.t('threads.new.subject_hint')}
            aria-invalid={faults.title ? true : undefined}
            aria-describedby={faults.title ? `${ids.fault}-title` : undefined}
            onChange={(event) => typed.change({ title: event.target.value })}
          />
          {faults.title ? (
            <p id={`${ids.fault}-title`} className="cd-fault" role="alert">
              {faults.title}
            </p>
          ) : null}
        </div>
      ) : null}
      <div>
        <label htmlFor={ids.text} className={hasTitle ? 'cd-label' : 'cd-hidden'}>
          {words.t(isReply ? 'threads.composer.reply' : 'threads.composer.text')}
        </label>
        <textarea
          ref={field}
          id={ids.text}
          className="cd-input cd-composer-text"
          rows={isReply ? 2 : 6}
          maxLength={10_000}
          value={text}
          placeholder={words.t(
            isReply ? 'threads.composer.placeholder_reply' : 'threads.composer.placeholder',
          )}
          aria-invalid={faults.body ? true : undefined}
          aria-describedby={faults.body ? ids.fault : ids.keys}
          onChange={(event) => typed.change({ text: event.target.value })}
        />
      </div>
      {faults.body ? (
        <p id={ids.fault} className="cd-fault" role="alert">
          {faults.body}
        </p>
      ) : null}
      <ComposerFiles files={files} onRemove={(file) => void remove(file)} />
      <div className="cd-composer-bar">
        <button
          type="button"
          className="cd-icon-button"
          aria-label={words.t('threads.composer.attach')}
          title={words.t('threads.composer.attach')}
          onClick={() => pick.current?.click()}
        >
          <Icon name="Paperclip" />
        </button>
        <input
          ref={pick}
          type="file"
          multiple
          hidden
          aria-label={words.t('threads.composer.attach')}
          data-testid="attach"
          onChange={(event) => {
            void add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {templates.length ? (
          <Menu
            className="cd-button cd-button-small"
            label={words.t('threads.composer.templates')}
            items={templates.map((template) => ({
              key: `template-${template.id}`,
              text: template.title,
              onPick: () => insert(template.text),
            }))}
          >
            <Icon name="FileText" />
            {words.t('threads.composer.templates')}
          </Menu>
        ) : null}
        <span className="cd-composer-said cd-muted cd-small" role="status">
          {isOver ? words.t('threads.composer.drop') : standing}
        </span>
        <span id={ids.keys} className="cd-muted cd-small cd-not-phone">
          {words.t('threads.composer.keys')}
        </span>
        <Button look="primary" type="submit" icon="Send" isBusy={isSending || isBusy} testId="send">
          {words.t('threads.composer.send')}
        </Button>
      </div>
    </form>
  )
}
