/** Owns the shape of a printed document: its data, its sheet, its template and its samples. */
import { z } from 'zod'
import { printable } from './printable-text.ts'

/** What a template may receive: JSON without null, because the typesetter prints null as nothing and says so to nobody. */
export type Printable =
  | string
  | number
  | boolean
  | readonly Printable[]
  | { readonly [key: string]: Printable | undefined }

export type DocumentDefinition<Data> = Readonly<{
  kind: string
  /** Kept with every issued document; raised whenever the template or the sheet changes. */
  version: number
  /** Path of the template from the folder of templates, with a leading slash. */
  template: string
  schema: z.ZodType
  fileName(data: Data): string
  /** Realistic data by name; each must render. */
  samples: Readonly<Record<string, Data>>
  prepare(data: unknown): PreparedDocument
}>

/** A document ready for the typesetter: plain strings only, the same for the same data. */
export type PreparedDocument = Readonly<{
  kind: string
  version: number
  template: string
  /** JSON of the sheet. */
  sheet: string
  /** Texts to be drawn as QR codes, by the name the template asks for. */
  codes: Readonly<Record<string, string>>
  /** The instant written into the file as its creation: midnight of the day of issue, seconds since 1970, UTC. */
  createdAt: number
}>

type Definition<Data> = Readonly<{
  version: number
  template: string
  schema: z.ZodType<Data>
  fileName(data: Data): string
  /** Day of issue, YYYY-MM-DD. */
  issuedOn(data: Data): string
  /** What the template prints, every amount and date already a text. */
  sheet(data: Data): Printable
  codes(data: Data): Record<string, string>
  samples: Readonly<Record<string, Data>>
}>

/**
 * Declares a document. Data is checked before anything is printed: a fault throws an Error that lists the fields,
 * since a caller that prints wrong data is a defect and not a refusal by the rules.
 */
export function defineDocument<Data>(kind: string, definition: Definition<Data>): DocumentDefinition<Data> {
  const { version, template, schema, samples } = definition
  return Object.freeze({
    kind,
    version,
    template,
    schema,
    samples,
    fileName: (data: Data) => safeFileName(definition.fileName(data)),
    prepare(input: unknown): PreparedDocument {
      const checked = schema.safeParse(input)
      if (!checked.success)
        throw new Error(`Data of document ${kind} v${version} is wrong:\n${z.prettifyError(checked.error)}`)
      const data = checked.data
      return {
        kind,
        version,
        template,
        sheet: JSON.stringify(printable(definition.sheet(data))),
        codes: definition.codes(data),
        createdAt: Date.parse(`${definition.issuedOn(data)}T00:00:00Z`) / 1000,
      }
    },
  })
}

/** Numbers hold slashes and quotes; a name of a file may not. */
function safeFileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._() №-]+/gu, '-').slice(0, 120)
}
