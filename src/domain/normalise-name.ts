/** Owns the search form of a name: letter case and ё fold, quotes vanish. The twin of the SQL function `search_form`. */

/** «ООО „Ёлка – Север“» → `ооо елка - север`: what a name is stored, indexed and looked for as. */
export function normaliseName(name: string): string {
  return name
    .replace(/[ёЁ]/g, 'е')
    .replace(/[–—]/g, '-')
    .replace(/[«»"“”„‘’'`]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}
