/** Owns the one error the business rules throw: a code to translate, its parameters and the fields at fault. */

/** What a message's placeholders are filled with. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** A fault bound to one field of a form; `code` is a kebab-case key under `errors.*` of the locale files. */
export type FieldFault = Readonly<{ code: string; params?: ErrorParams }>

/** Every faulty field of an input by its name. */
export type FieldFaults = Readonly<Record<string, FieldFault>>

/**
 * A rule of the business said no. `code` is a kebab-case key under `errors.*`; the sentence a person reads
 * lives in the locale files only, so one error speaks every language. Never thrown for a defect of the program.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: string
  readonly params: ErrorParams | undefined
  readonly fields: FieldFaults | undefined

  constructor(code: string, params?: ErrorParams, fields?: FieldFaults) {
    super(code)
    this.code = code
    this.params = params
    this.fields = fields
  }
}

/** Whether a caught value is a refusal by the rules (with this code, if one is given). */
export function isDomainError(error: unknown, code?: string): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code)
}
