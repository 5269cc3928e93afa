/** The shape of a mail: what its row says, what it loads, what it writes, and samples of it in both languages. */
import type { z } from 'zod'
import type { Language } from '../domain/language.ts'
import type { Letter } from './letter.ts'
import { renderLetter, type Rendered } from './render.ts'

export type Attachment = Readonly<{ fileName: string; mime: string; content: Buffer }>

/** The reader of one letter. `linkAddress` is the personal link made for it, when its kind has one. */
export type Reader = Readonly<{
  recipient: string
  recipientName: string | null
  language: Language
  linkAddress: string | null
  linkExpiresAt: Date | null
  /** Where the product stands, without a slash at the end: for links that need a sign-in. */
  publicUrl: string
  now: Date
}>

export type Composed = Rendered & { attachments: readonly Attachment[] }

type Definition<Params, Data> = Readonly<{
  /** The `params` of the row in `mails`: ids, never personal data. */
  params: z.ZodType<Params>
  /** Everything the letter says; null when there is nothing to say any more. */
  load: (params: Params, reader: Reader) => Promise<Data | null>
  letter: (data: Data, language: Language) => Letter
  attachments?: (data: Data, language: Language) => Promise<readonly Attachment[]>
  /** Realistic data: rendered in the tests and shown by the preview page. */
  sample: Data
}>

export type MailDefinition = Readonly<{
  kind: string
  /** @throws Error when the params are not those of this kind or the letter lacks a field: defects, not refusals. */
  compose: (params: unknown, reader: Reader) => Promise<Composed | null>
  sample: (language: Language) => Promise<Composed>
}>

/** Declares a mail; the name of its folder is its kind. */
export function defineMail<Params, Data>(
  kind: string,
  { params: schema, load, letter, attachments, sample }: Definition<Params, Data>,
): MailDefinition {
  const write = async (data: Data, language: Language): Promise<Composed> => ({
    ...renderLetter(letter(data, language), language),
    attachments: (await attachments?.(data, language)) ?? [],
  })
  return {
    kind,
    async compose(params, reader) {
      const data = await load(schema.parse(params), reader)
      return data === null ? null : write(data, reader.language)
    },
    sample: (language) => write(sample, language),
  }
}
