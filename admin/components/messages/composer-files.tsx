/** The files that will go with the message: how much of each has gone up, what is wrong with it, and how to drop it. */

import { Icon } from '../parts/icon.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { useWords } from '../use-words.ts'
import type { DraftFile } from './use-draft-files.ts'

type Props = { files: DraftFile[]; onRemove: (file: DraftFile) => void }

export const ComposerFiles = ({ files, onRemove }: Props) => {
  const words = useWords()
  if (!files.length) return null
  return (
    <ul className="cd-composer-files">
      {files.map((file) => (
        <li
          key={file.key}
          className={file.failure ? 'cd-composer-file cd-composer-file-failed' : 'cd-composer-file'}
        >
          <Icon name="Paperclip" />
          <span className="cd-grow">
            <span className="cd-cut cd-block">{file.title}</span>
            {file.failure ? (
              <span className="cd-failed-text cd-small" role="alert">
                {file.failure}
              </span>
            ) : file.id === null ? (
              <ProgressBar done={file.share} total={1} label={file.title} />
            ) : (
              <span className="cd-muted cd-small">{words.size(file.size)}</span>
            )}
          </span>
          <button
            type="button"
            className="cd-icon-button cd-icon-button-small"
            aria-label={words.t('threads.composer.remove_file', { name: file.title })}
            onClick={() => onRemove(file)}
          >
            <Icon name="X" />
          </button>
        </li>
      ))}
    </ul>
  )
}
