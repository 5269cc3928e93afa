/** The shape of a text message: what its row says, what it loads and writes, and a sample of it. */
import type { z } from 'zod'
import type { Language } from '../domain/language.ts'

type Definition<Params, Data> = Readonly<{
  /** The `params` of the row: ids, never personal data and never the text. */
  params: z.ZodType<Params>
  /** Everything the message says; null when there is nothing to say any more. */
  load: (params: Params) => Promise<Data | null>
  text: (data: Data, language: Language) => string
  sample: Data
}>

export type SmsDefinition = Readonly<{
  kind: string
  compose: (params: unknown, language: Language) => Promise<string | null>
  sample: (language: Language) => string
}>

export function defineSms<Params, Data>(
  kind: string,
  { params: schema, load, text, sample }: Definition<Params, Data>,
): SmsDefinition {
  return {
    kind,
    async compose(params, language) {
      const data = await load(schema.parse(params))
      return data === null ? null : text(data, language)
    },
    sample: (language) => text(sample, language),
  }
}
