/** The switch to the other language: every word of the page at once, and kept for the person. */

import { useTranslation } from 'adminjs'
import { keepPreferences } from './desk-api.ts'
import { useNotices } from './use-notices.ts'
import { useWords } from './use-words.ts'

export const useOtherLanguage = (): (() => void) => {
  const { i18n } = useTranslation()
  const { language } = useWords()
  const { failed } = useNotices()
  const other = language === 'ru' ? 'en' : 'ru'
  return () => {
    void i18n.changeLanguage(other)
    keepPreferences({ language: other }).catch(failed)
  }
}
