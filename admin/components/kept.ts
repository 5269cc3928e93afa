/** Small things kept in the browser: drafts, the folded navigation, recent hits. A full or closed storage loses them, no more. */

const PREFIX = 'certdesk.'

export const readKept = <T>(key: string): T | null => {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch (error) {
    console.debug('kept', key, error)
    return null
  }
}

/** Null forgets. */
export const writeKept = (key: string, value: unknown): void => {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch (error) {
    console.debug('kept', key, error)
  }
}
