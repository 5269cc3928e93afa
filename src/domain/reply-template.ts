/** The grammar of reply templates: `{имя}` and its like are places, filled once and as plain text. */

/** What a place stands for, and how it is written in either language. */
const places = {
  /** Who is written to. */
  name: ['имя', 'name'],
  organisation: ['организация', 'organisation'],
  /** Of the invoice or the document the thread is about. */
  number: ['номер', 'number'],
  /** Who writes. */
  me: ['автор', 'me'],
} as const

export type TemplatePlace = keyof typeof places

const place = /\{\s*([\p{L}][\p{L}\s]*?)\s*\}/gu

const meaningOf = (written: string): TemplatePlace | undefined =>
  (Object.keys(places) as TemplatePlace[]).find((meaning) =>
    (places[meaning] as readonly string[]).includes(written.toLowerCase()),
  )

const placesOf = (text: string) =>
  [...text.matchAll(place)].map(([whole, written = '']) => ({ whole, written }))

/** The places of a text that nobody could fill. */
export const unknownPlaces = (text: string): string[] =>
  placesOf(text).flatMap(({ whole, written }) => (meaningOf(written) ? [] : [whole]))

/** The first place that still waits to be filled. */
export const placeLeft = (text: string): string | null =>
  placesOf(text).find(({ written }) => meaningOf(written))?.whole ?? null

/**
 * One pass: a value that looks like a place stays as it is. What is not known leaves its place standing, so that the
 * writer sees what to fill in.
 */
export const fillTemplate = (
  text: string,
  values: Readonly<Partial<Record<TemplatePlace, string | null>>>,
): string =>
  text.replace(place, (whole, written: string) => {
    const meaning = meaningOf(written)
    return (meaning && values[meaning]) || whole
  })
