/** What the kinds of papers are called in letters and on the pages opened by link. */
import type { Language } from '../../domain/language.ts'
import type { Paper } from './letter-facts.ts'

export const paperNames: Record<Language, Record<Paper['kind'], string>> = {
  ru: { invoice: 'Счёт', act: 'Акт', licence: 'Лицензия', tax_invoice: 'Счёт-фактура', upd: 'УПД' },
  en: {
    invoice: 'Invoice',
    act: 'Act',
    licence: 'Licence',
    tax_invoice: 'Tax invoice',
    upd: 'Transfer document',
  },
}
