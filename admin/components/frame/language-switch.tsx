/** Switches every word of the page to the other language at once and remembers it for the person. */

import { useTranslation } from 'adminjs'
import { useEffect } from 'react'
import { useMe } from '../adminjs-state.ts'
import { deskPost } from '../desk-api.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

export const LanguageSwitch = () => {
  const { i18n } = useTranslation()
  const { language, t } = useWords()
  const me = useMe()
  const { failed } = useNotices()
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    // The choice kept with the account wins over whatever this browser used last.
    if (me.id && !i18n.language.startsWith(me.language)) void i18n.changeLanguage(me.language)
  }, [])
  const other = language === 'ru' ? 'en' : 'ru'
  return (
    <button
      type="button"
      className="cd-language cd-not-phone"
      title={t('screens.frame.other_language')}
      data-testid="language-switch"
      onClick={() => {
        void i18n.changeLanguage(other)
        deskPost('preferences', { language: other }).catch(failed)
      }}
    >
      {language === 'ru' ? 'РУ' : 'EN'}
      <span className="cd-hidden"> · {t('screens.frame.other_language')}</span>
    </button>
  )
}
