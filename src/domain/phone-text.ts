/** How a telephone number is written for people: on screens, papers and in letters alike. */

/** '+78125550120' → «+7 812 555-01-20», with spaces that do not break; a number of another country stays as it is. */
export function formatPhone(phone: string): string {
  const parts = /^\+(7)(\d{3})(\d{3})(\d{2})(\d{2})$|^\+(375)(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(phone)
  if (!parts) return phone
  const [country, area, first, second, third] = parts.slice(1).filter(Boolean)
  return `+${country}\u00a0${area}\u00a0${first}-${second}-${third}`
}
