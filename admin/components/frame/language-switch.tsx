/** The switch between the two languages on the top bar; the language of the account is that of the page. */

import { useTranslation } from 'adminjs'
import { useEffect } from 'react'
import { useMe } from '../adminjs-state.ts'
import { useOtherLanguage } from '../use-other-language.ts'
import { useWords } from '../use-words.ts'

export const LanguageSwitch = () => {
  const { i18n } = useTranslation()
  const { language, t } = useWords()
  const me = useMe()
  const switchLanguage = useOtherLanguage()
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    // The choice kept with the account wins over whatever this browser used last.
    if (me.id && !i18n.language.startsWith(me.language)) void i18n.changeLanguage(me.language)
  }, [])
  return (
    <button
      type="button"
      className="cd-language cd-not-phone"
      title={t('screens.frame.other_language')}
      data-testid="language-switch"
      onClick={switchLanguage}
    >
      {language === 'ru' ? 'РУ' : 'EN'}
      <span className="cd-hidden"> · {t('screens.frame.other_language')}</span>
    </button>
  )
}
