/** Chooses one file: a button in the reader's own language, then the name of the file and the way to drop it. */

import { Icon } from './icon.tsx'
import { useWords } from '../use-words.ts'

type Props = {
  id?: string
  /** Who the file is for, in words; read aloud. */
  label: string
  file: File | null
  accept?: string
  isInvalid?: boolean
  isFirst?: boolean
  describedBy?: string | undefined
  onPick: (file: File | null) => void
}

export const FilePick = ({ id, label, file, accept, isInvalid, isFirst, describedBy, onPick }: Props) => {
  const { t } = useWords()
  return (
    <span className={isInvalid ? 'cd-file-pick cd-file-pick-wrong' : 'cd-file-pick'}>
      <label className="cd-button cd-button-small">
        <Icon name="Paperclip" />
        <span className="cd-cut">{file ? file.name : t('screens.files.pick')}</span>
        <input
          id={id}
          type="file"
          className="cd-file-input"
          aria-label={label}
          aria-invalid={isInvalid || undefined}
          aria-describedby={describedBy}
          accept={accept}
          {...(isFirst && { 'data-first': true })}
          onChange={(event) => onPick(event.target.files?.[0] ?? null)}
        />
      </label>
      {file ? (
        <button
          type="button"
          className="cd-icon-button cd-icon-button-small"
          aria-label={t('screens.files.unpick', { name: file.name })}
          onClick={() => onPick(null)}
        >
          <Icon name="X" />
        </button>
      ) : null}
    </span>
  )
}
