/** Owns what a string must look like before it reaches the typesetter: no control characters, no endless runs. */

const longestText = 10_000
const longestRun = 60
const softBreak = '\u200b'

// Controls but the line feed, direction overrides, the byte order mark, noncharacters, halves of pairs: none has a glyph, and a
// missing glyph makes the archival PDF standard refuse the whole document.
const unprintable = /(?!\n)[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/gu
const lineBreaks = /\r\n?|\u2028|\u2029/gu
const narrowSpaces = /[\u2000-\u200a\u202f]/gu

/** Puts a zero-width space after every `every` characters of an unbroken run, so that a line can end there. */
export function breakLongRuns(text: string, every: number): string {
  if (text.length <= every) return text
  return text.replace(runsLongerThan(every), (run) => {
    const characters = Array.from(run)
    const pieces: string[] = []
    for (let at = 0; at < characters.length; at += every)
      pieces.push(characters.slice(at, at + every).join(''))
    return pieces.join(softBreak)
  })
}

/**
 * A text as it may be printed. The typesetter aborts its whole process on a run of some 33 thousand Cyrillic letters
 * without a space, and an archival PDF accepts no character without a glyph.
 */
export function printableText(text: string): string {
  const clean = text
    .slice(0, longestText)
    .replace(lineBreaks, '\n')
    .replaceAll('\t', ' ')
    .replace(narrowSpaces, '\u00a0')
    .replace(unprintable, '')
  return breakLongRuns(clean, longestRun)
}

/** The same for every string inside a plain value; keys, numbers and booleans stay. */
export function printable(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value)
  if (Array.isArray(value)) return value.map(printable)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printable(inner)]))
  return value
}

const patterns = new Map<number, RegExp>()

function runsLongerThan(every: number): RegExp {
  const pattern = patterns.get(every) ?? new RegExp(`[^\\s\\u200b]{${every + 1},}`, 'gu')
  patterns.set(every, pattern)
  return pattern
}
