/** What a document says, gathered from the records it is about: from here on the paper no longer changes with them. */
import { randomBytes } from 'node:crypto'
import { env } from '../../env.ts'
import { amountInWords } from '../../domain/amount-in-words.ts'
import { documentTotals } from '../../domain/money.ts'
import type { BankAccount } from '../../models/bank-account.ts'
import type { Contract } from '../../models/contract.ts'
import type { InvoiceLine } from '../../models/invoice-line.ts'
import type { Invoice } from '../../models/invoice.ts'
import type { Organisation } from '../../models/organisation.ts'
import type { ActData } from '../../../templates/documents/act/document.ts'
import type { InvoiceData } from '../../../templates/documents/invoice/document.ts'
import type { LicenceData } from '../../../templates/documents/licence/document.ts'

export type Party = Readonly<{ organisation: Organisation; bank: BankAccount | null }>

/** What all papers of one sale have in common. */
export type Sale = Readonly<{ seller: Party; customer: Party; contract: Contract | null; invoice: Invoice }>

type Issue = Readonly<{
  number: string
  issuedOn: string
  verificationCode: string
  replaces?: { number: string; issuedOn: string } | undefined
}>

const defaultLicenceText =
  'Лицензиар предоставляет лицензиату неисключительное право использования программы для ЭВМ в пределах, указанных ниже.'

// Without I, L, O, U and zero: the code is read aloud and typed from paper.
const alphabet = '123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 random bits a reader can type: «7KQ2-M4XN-…» in four groups of four. */
export function newVerificationCode(): string {
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

const verification = (code: string) => ({ code, link: new URL(`/v/${code}`, env().PUBLIC_URL).href })

/** Drops what is not there: a template prints an absent field as nothing and refuses null. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], null> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ) as { [K in keyof T]: Exclude<T[K], null> }
}

function partyOf({ organisation, bank }: Party) {
  return present({
    country: organisation.country,
    kind: organisation.kind,
    name: organisation.name,
    taxId: organisation.taxId,
    kpp: organisation.kpp,
    registrationNumber: organisation.registrationNumber,
    address: organisation.legalAddress,
    phone: organisation.phone,
    email: organisation.email,
    bank: bank && bankOf(bank),
  })
}

/** An organisation that speaks for itself, without its accounts. */
export const senderOf = (organisation: Organisation) => partyOf({ organisation, bank: null })

const bankOf = (bank: BankAccount) =>
  present({
    name: bank.bankName,
    bic: bank.bic,
    account: bank.account,
    correspondentAccount: bank.correspondentAccount,
  })

const signatoryOf = ({ organisation }: Party) =>
  present({
    position: organisation.headPosition ?? 'Руководитель',
    name: organisation.headName && withInitials(organisation.headName),
    basis: organisation.headBasis,
  })

/** «Орлов Павел Ильич» → «Орлов П. И.» */
function withInitials(fullName: string): string {
  const [surname = '', ...names] = fullName.trim().split(/\s+/)
  return [surname, ...names.map((name) => (name.endsWith('.') ? name : `${name.charAt(0)}.`))].join(' ')
}

const contractOf = (contract: Contract | null) =>
  contract && {
    title: contract.kind === 'offer' ? 'Оферта' : 'Договор',
    number: contract.number,
    issuedOn: contract.signedOn,
  }

const invoiceOf = (invoice: Invoice) =>
  invoice.number && invoice.issuedOn
    ? { title: 'Счёт', number: invoice.number, issuedOn: invoice.issuedOn }
    : null

const lineOf = (line: InvoiceLine) =>
  present({
    name: line.name,
    quantity: line.quantity,
    unit: line.unit,
    priceMinor: line.priceMinor,
    netMinor: line.netMinor,
    vatPercent: line.vatPercent,
    vatExemption: line.vatExemption,
    vatMinor: line.vatMinor,
    totalMinor: line.totalMinor,
  })

function billOf(lines: readonly InvoiceLine[], sale: Sale) {
  const totals = documentTotals(lines)
  const { currency } = sale.invoice
  return {
    currency,
    lines: lines.map(lineOf),
    ...totals,
    totalInWords: amountInWords(totals.totalMinor, currency),
  }
}

/** The act of one invoice's lines; the period runs to the day of shipment. */
export function composeAct(sale: Sale, lines: readonly InvoiceLine[], issue: Issue): ActData {
  const kinds = new Set(lines.map(({ kind }) => (kind === 'licence' ? 'rights' : 'services')))
  const shippedOn = lines
    .map((line) => line.shippedOn)
    .filter((day) => day !== null)
    .sort()
    .at(-1)
  const from = lines
    .map((line) => line.paidOn)
    .filter((day) => day !== null)
    .sort()[0]
  return present({
    number: issue.number,
    issuedOn: issue.issuedOn,
    subject: kinds.size > 1 ? 'both' : (kinds.values().next().value ?? 'services'),
    seller: partyOf(sale.seller),
    customer: partyOf(sale.customer),
    contract: contractOf(sale.contract),
    invoice: invoiceOf(sale.invoice),
    period: shippedOn ? { from: from && from < shippedOn ? from : shippedOn, to: shippedOn } : null,
    replaces: issue.replaces ?? null,
    ...billOf(lines, sale),
    sellerSignatory: signatoryOf(sale.seller),
    customerSignatory: signatoryOf(sale.customer),
    verification: verification(issue.verificationCode),
  }) as ActData
}

/** The licence sheet of one line. */
export function composeLicence(sale: Sale, line: InvoiceLine, issue: Issue): LicenceData {
  return present({
    number: issue.number,
    issuedOn: issue.issuedOn,
    licensor: partyOf(sale.seller),
    licensee: partyOf(sale.customer),
    product: line.name,
    text: line.licenceText ?? defaultLicenceText,
    seats: line.seats,
    term: present({ from: line.validFrom ?? line.shippedOn ?? issue.issuedOn, to: line.validTo }),
    contract: contractOf(sale.contract),
    invoice: invoiceOf(sale.invoice),
    serials: [],
    replaces: issue.replaces ?? null,
    signatory: signatoryOf(sale.seller),
    verification: verification(issue.verificationCode),
  }) as LicenceData
}

/** The invoice for payment; null when the seller has no account to be paid to. */
export function composeInvoice(sale: Sale, lines: readonly InvoiceLine[], issue: Issue): InvoiceData | null {
  const { seller, customer, contract, invoice } = sale
  if (!seller.bank || !invoice.dueOn) return null
  const accountant = seller.organisation.accountantName
  return present({
    number: issue.number,
    issuedOn: issue.issuedOn,
    dueOn: invoice.dueOn,
    seller: { ...partyOf(seller), bank: bankOf(seller.bank) },
    customer: partyOf(customer),
    contract: contractOf(contract),
    ...billOf(lines, sale),
    head: signatoryOf(seller),
    accountant: accountant ? { position: 'Главный бухгалтер', name: withInitials(accountant) } : null,
    verification: verification(issue.verificationCode),
  }) as InvoiceData
}
