/** The lines of a draft invoice as its form posts them: each value of the kind it has to be, or its fault beside it. */
import { DomainError, type FieldFault } from '../src/domain/errors.ts'
import type { DraftLine } from '../src/operations/invoices/draft-invoice.ts'
import { readDay, readNumber, readText } from './form-values.ts'

const maximumPrice = 9_000_000_000_000_000

/** @throws DomainError `invalid` with every fault at `lines.<index>.<field>` */
export function readDraftLines(posted: unknown): DraftLine[] {
  const lines = typeof posted === 'string' ? parsed(posted) : (posted ?? [])
  if (!Array.isArray(lines)) throw new DomainError('invalid', undefined, { lines: { code: 'bad-value' } })
  const faults: Record<string, FieldFault> = {}
  const read = lines.map((one: unknown, index) => {
    const line = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
    const field = <T>(name: string, reader: (text: string) => T, empty: T): T => {
      try {
        const text = readText(line[name] ?? '')
        return text === '' ? empty : reader(text)
      } catch (fault) {
        if (!(fault instanceof DomainError)) throw fault
        faults[`lines.${index}.${name}`] = { code: fault.code }
        return empty
      }
    }
    const priceMinor = field<number | null>('priceMinor', readPrice, null)
    return {
      // No key is no product: the operation says so beside the field.
      productId: field('productId', readKey, 0),
      quantity: field('quantity', readQuantity, ''),
      ...(priceMinor !== null && { priceMinor }),
      validFrom: field<string | null>('validFrom', readDay, null),
      validTo: field<string | null>('validTo', readDay, null),
      comment: field<string | null>('comment', (text) => text, null),
    }
  })
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', undefined, faults)
  return read
}

function readKey(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new DomainError('reference-not-found')
  return Number(text)
}

function readPrice(text: string): number {
  const price = readNumber(text, 'money')
  if (Number(price) < 0 || Number(price) > maximumPrice) throw new DomainError('out-of-bounds')
  return Number(price)
}

/** How it may be written is the operation's to say; nothing of something is no line. */
function readQuantity(text: string): string {
  const quantity = text.replace(',', '.')
  if (Number(quantity) === 0) throw new DomainError('out-of-bounds')
  return quantity
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (fault) {
    if (fault instanceof SyntaxError) return null
    throw fault
  }
}
