/** A code that never breaks over lines, grouped for the eye, with a button that copies it bare. */

import { useEffect, useState } from 'react'
import { formatCode } from '../format.ts'
import { useWords } from '../use-words.ts'
import { Icon } from './icon.tsx'

export const CopyCode = ({ value, kind = '', label }: { value: string; kind?: string; label?: string }) => {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <span className={value.length > 32 ? 'cd-code-long' : 'cd-code'}>
      {label ? `${label} ` : ''}
      {formatCode(kind, value)}
      <button
        type="button"
        className={isCopied ? 'cd-copy cd-copy-done' : 'cd-copy'}
        title={t('screens.copy')}
        aria-label={t('screens.copy_what', { what: `${label ?? ''} ${value}`.trim() })}
        onClick={(event) => {
          event.stopPropagation()
          void navigator.clipboard.writeText(value).then(() => setCopied(true))
        }}
      >
        <Icon name={isCopied ? 'Check' : 'Copy'} />
      </button>
      <span role="status" className="cd-hidden">
        {isCopied ? t('screens.copied') : ''}
      </span>
    </span>
  )
}
