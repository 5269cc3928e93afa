/** Owns the text inside a payment QR code: GOST R 56042-2014, format ST00012 (UTF-8). */

import { DomainError } from './errors.ts'

/** What a bank needs to fill in a payment order; the limits of length are those of the standard. */
export type PaymentDetails = Readonly<{
  payeeName: string
  account: string
  bankName: string
  bic: string
  /** Absent where the bank has none: the standard wants `0` then. */
  correspondentAccount?: string | null
  payeeTaxId?: string | null
  kpp?: string | null
  payerTaxId?: string | null
  /** Kopecks. */
  sumMinor?: number | null
  purpose?: string | null
}>

const limits: Record<string, number> = { Name: 160, BankName: 45, Purpose: 210 }

/**
 * `ST00012|Name=…|PersonalAcc=…|BankName=…|BIC=…|CorrespAcc=…|PayeeINN=…|KPP=…|Sum=…|Purpose=…`
 * The five required parts come first and in the order of the standard. A value may not contain the
 * separator and there is no escape for it, so a bar becomes a space, as do line breaks.
 * @throws DomainError `payment-qr-incomplete` naming every missing required field.
 */
export function paymentQr(details: PaymentDetails): string {
  const required = {
    Name: clean(details.payeeName),
    PersonalAcc: clean(details.account),
    BankName: clean(details.bankName),
    BIC: clean(details.bic),
    CorrespAcc: clean(details.correspondentAccount) || '0',
  }
  refuseIncomplete(required)
  const extra = {
    PayeeINN: clean(details.payeeTaxId),
    KPP: clean(details.kpp),
    PayerINN: clean(details.payerTaxId),
    Sum: details.sumMinor ? String(details.sumMinor) : '',
    Purpose: clean(details.purpose),
  }
  const parts = Object.entries({ ...required, ...extra })
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${value.slice(0, limits[key]).trim()}`)
  return ['ST00012', ...parts].join('|')
}

const fieldOf: Record<string, string> = {
  Name: 'payeeName',
  PersonalAcc: 'account',
  BankName: 'bankName',
  BIC: 'bic',
}

function refuseIncomplete(required: Record<string, string>): void {
  const missing = Object.entries(fieldOf).filter(([key]) => required[key] === '')
  if (missing.length === 0) return
  const faults = missing.map(([, field]) => [field, { code: 'required' }] as const)
  throw new DomainError('payment-qr-incomplete', undefined, Object.fromEntries(faults))
}

function clean(value: string | null | undefined): string {
  return (value ?? '').replace(/[|\s]+/g, ' ').trim()
}
