/** Which piece of a shown text is the one that was looked for. */
import type { Terms } from './read-terms.ts'

const ignored = /[«»"“”„‘’'`]/

/** Letter by letter as `normaliseName` folds, with the place each letter came from. */
function folded(shown: string): { text: string; places: number[] } {
  let text = ''
  const places: number[] = []
  for (let at = 0; at < shown.length; at++) {
    const letter = shown.charAt(at)
    if (ignored.test(letter)) continue
    text += letter.replace(/[ёЁ]/, 'е').replace(/[–—]/, '-').toLowerCase().charAt(0)
    places.push(at)
  }
  return { text, places }
}

function digitsOf(shown: string): { text: string; places: number[] } {
  const places = [...shown.matchAll(/\d/g)].map(({ index }) => index)
  return { text: places.map((at) => shown.charAt(at)).join(''), places }
}

function find(shown: string, { text, places }: { text: string; places: number[] }, sought: string): string {
  const from = sought === '' ? -1 : text.indexOf(sought)
  if (from < 0) return ''
  return shown.slice(places[from], (places[from + sought.length - 1] ?? 0) + 1)
}

/** The longest literal match in any of the texts, as it stands there; '' when the match is not literal. */
export function matchPiece(terms: Terms, ...shown: string[]): string {
  const whole = [terms.text, terms.number ?? '']
  const bySize = terms.words
    .filter((word) => terms.digits === null && word.length > 1)
    .sort((one, other) => other.length - one.length)
  for (const sought of [...whole, ...bySize])
    for (const text of shown) {
      const piece = find(text, folded(text), sought)
      if (piece !== '') return piece
    }
  for (const sought of [terms.digits ?? '', terms.phone ?? ''])
    for (const text of shown) {
      const piece = find(text, digitsOf(text), sought)
      if (piece !== '') return piece
    }
  return ''
}
