/** Owns the parts that printed documents share: parties, lines, totals, signatures, verification. */
import { z } from 'zod'
import { currencies } from '../../src/domain/money.ts'

const text = z.string().trim().min(1)
export const day = z.iso.date()
/** Whole minor units: kopecks, tiyns. */
export const minor = z.int().min(0)
export const currency = z.enum(currencies)
export const country = z.enum(['RU', 'KZ', 'BY'])

export const bank = z.strictObject({
  name: text,
  bic: text,
  account: text,
  correspondentAccount: text.optional(),
  /** KZ: beneficiary code (Кбе). */
  beneficiaryCode: text.optional(),
})

/** An organisation as a document names it; the country decides the labels (ИНН, БИН, УНП …). */
export const party = z.strictObject({
  country,
  kind: z.enum(['legal', 'entrepreneur', 'person', 'authority']),
  name: text,
  taxId: text.optional(),
  kpp: text.optional(),
  registrationNumber: text.optional(),
  address: text.optional(),
  phone: text.optional(),
  email: text.optional(),
  bank: bank.optional(),
})

export const signatory = z.strictObject({
  position: text,
  /** Surname and initials; without it the line is left to be filled in by hand. */
  name: text.optional(),
  /** What the right to sign rests on, genitive: «Устава», «доверенности № 3 от 12.01.2026». */
  basis: text.optional(),
})

/** A document named as a ground; `title` as it is read: «Договор», «Оферта», «Счёт». */
export const reference = z.strictObject({ title: text, number: text, issuedOn: day })

export const line = z
  .strictObject({
    name: text,
    /** Decimal string, up to three digits after the dot. */
    quantity: z.string().regex(/^\d+(\.\d{1,3})?$/),
    unit: text,
    /** Price with VAT inside. */
    priceMinor: minor,
    netMinor: minor,
    /** Percent as a decimal string, «22» or «22.00»; absent = «Без НДС». */
    vatPercent: z
      .string()
      .regex(/^\d+(\.\d{1,2})?$/)
      .optional(),
    /** Legal ground of «Без НДС». */
    vatExemption: text.optional(),
    vatMinor: minor,
    totalMinor: minor,
  })
  .refine((line) => (line.vatPercent === undefined) !== (line.vatExemption === undefined), {
    message: 'A line has a VAT rate or a ground for having none',
  })
  .refine((line) => line.netMinor + line.vatMinor === line.totalMinor, {
    message: 'Net and VAT do not make the total',
  })

/** Lines and their totals, checked against each other: a document never contradicts itself. */
export const billed = {
  currency,
  lines: z.array(line).min(1).max(2000),
  netMinor: minor,
  vatMinor: minor,
  totalMinor: minor,
  /** «Одна тысяча сорок пять рублей 00 копеек». */
  totalInWords: text,
}

/** Where a reader checks that the paper is genuine. */
export const verification = z.strictObject({ code: text, link: z.url({ protocol: /^https?$/ }) })

export type Party = z.infer<typeof party>
export type Line = z.infer<typeof line>
export type Signatory = z.infer<typeof signatory>
export type Reference = z.infer<typeof reference>
export type Verification = z.infer<typeof verification>

type Billed = Pick<z.infer<z.ZodObject<typeof billed>>, 'lines' | 'netMinor' | 'vatMinor' | 'totalMinor'>

/** Whether the totals are the sums of the lines. */
export function isBalanced({ lines, netMinor, vatMinor, totalMinor }: Billed): boolean {
  const sum = (pick: (line: Line) => number) => lines.reduce((total, line) => total + pick(line), 0)
  return (
    sum((line) => line.netMinor) === netMinor &&
    sum((line) => line.vatMinor) === vatMinor &&
    sum((line) => line.totalMinor) === totalMinor
  )
}
export const unbalanced = { message: 'The totals are not the sums of the lines' }
