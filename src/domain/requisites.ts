/** Owns the check of an organisation's requisites as a whole: each field by its rule, then field against field. */

import { checkAccount, checkBic, checkBik, checkCorrespondentAccount, checkIban } from './requisites/bank.ts'
import { checkUnp } from './requisites/belarus.ts'
import { misshapen, passed, strip, type Checked, type RequisiteFault } from './requisites/checked.ts'
import { checkEmail, checkPhone } from './requisites/contacts.ts'
import type { Country } from './requisites/country.ts'
import { checkBin, checkIin, looksLikeIin } from './requisites/kazakhstan.ts'
import { checkInn, checkKpp, checkOgrn, checkOgrnip, checkOkved } from './requisites/russia.ts'

export const organisationKinds = ['legal', 'entrepreneur', 'person', 'authority'] as const

export type OrganisationKind = (typeof organisationKinds)[number]

type Text = string | null | undefined

/** What of an organisation is checked; empty fields are null, absent or ''. */
export type RequisitesInput = Readonly<{
  country: Country
  kind: OrganisationKind
  taxId?: Text
  kpp?: Text
  registrationNumber?: Text
  okved?: Text
  email?: Text
  phone?: Text
  phoneExtension?: Text
}>

/** What of a bank account is checked; `bic` is the БИК in Russia. */
export type BankAccountInput = Readonly<{
  country: Country
  bic?: Text
  account?: Text
  correspondentAccount?: Text
}>

/** Faults by field name; none at all = everything is right. */
export type RequisiteFaults = Partial<Record<string, RequisiteFault>>

/** The fields as they are to be stored, and what is wrong with them. */
export type CheckedRequisites<Field extends string> = Readonly<{
  values: Record<Field, string | null>
  faults: RequisiteFaults
}>

type RequisiteField = Exclude<keyof RequisitesInput, 'country' | 'kind'>
type BankField = Exclude<keyof BankAccountInput, 'country'>

/**
 * Checks an organisation. The faults never forbid saving a draft; submitting is blocked by those `blockingFaults`
 * names, the others may be overridden with a reason. That ИНН and КПП are not used twice is the database's rule.
 */
export function checkRequisites(input: RequisitesInput): CheckedRequisites<RequisiteField> {
  const phone = filled(input.phone) ? checkPhone(input.phone, input.country) : null
  const checked: Record<Exclude<RequisiteField, 'phoneExtension'>, Checked | null> = {
    taxId: filled(input.taxId) ? checkTaxId(input.taxId, input) : missing('required', 'format'),
    kpp: checkKppOf(input),
    registrationNumber: filled(input.registrationNumber)
      ? checkRegistration(input.registrationNumber, input)
      : null,
    okved: filled(input.okved) ? checkActivity(input.okved, input.country) : null,
    email: filled(input.email) ? checkEmail(input.email) : null,
    phone,
  }
  const { values, faults } = collect(checked)
  return { values: { ...values, phoneExtension: input.phoneExtension || phone?.extension || null }, faults }
}

/** Checks a bank account: in Russia БИК, Р/С and К/С together, elsewhere BIC and IBAN. */
export function checkBankAccount(input: BankAccountInput): CheckedRequisites<BankField> {
  const { country } = input
  const bic = input.bic ?? ''
  const correspondent = filled(input.correspondentAccount) ? input.correspondentAccount : null
  if (country !== 'RU')
    return collect({
      bic: filled(bic) ? checkBic(bic, country) : missing('required', 'format'),
      account: filled(input.account) ? checkIban(input.account, country) : missing('required', 'format'),
      correspondentAccount: correspondent === null ? null : passed(strip(correspondent)),
    })
  return collect({
    bic: filled(bic) ? checkBik(bic) : missing('required', 'format'),
    account: filled(input.account) ? checkAccount(input.account, bic) : missing('required', 'format'),
    correspondentAccount: correspondent === null ? null : checkCorrespondentAccount(correspondent, bic),
  })
}

/** The faults that stand in the way of submitting whatever reason a person may have; the others may be accepted. */
export function blockingFaults(faults: RequisiteFaults): RequisiteFaults {
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault?.kind === 'format'))
}

/** A tax id by country and kind: ИНН of 10 or 12 digits, БИН or ИИН, УНП. */
export function checkTaxId(
  text: string,
  { country, kind }: Pick<RequisitesInput, 'country' | 'kind'>,
): Checked {
  if (country === 'BY') return checkUnp(text)
  if (country === 'KZ') {
    const checked = looksLikeIin(text) ? checkIin(text) : checkBin(text)
    return agree(
      checked,
      looksLikeIin(text) !== isIndividual(kind) && !isJointEnterprise(checked.value, kind),
      kind,
    )
  }
  const checked = checkInn(text)
  return agree(checked, (checked.value.length === 12) !== isIndividual(kind), kind)
}

function agree(checked: Checked, disagrees: boolean, kind: OrganisationKind): Checked {
  if (checked.fault !== null || !disagrees) return checked
  return { value: checked.value, fault: { kind: 'cross', code: 'tax-id-kind-mismatch', params: { kind } } }
}

/** Entrepreneurs acting together have a БИН, whose fifth digit is 6. */
function isJointEnterprise(taxId: string, kind: OrganisationKind): boolean {
  return kind === 'entrepreneur' && taxId[4] === '6'
}

const isIndividual = (kind: OrganisationKind) => kind === 'entrepreneur' || kind === 'person'

/** КПП belongs to Russian organisations, which have an ИНН of 10 digits, and to nobody else. */
function checkKppOf({ country, kind, taxId, kpp }: RequisitesInput): Checked | null {
  const isExpected = country === 'RU' && !hasPersonalInn(taxId, kind)
  if (!filled(kpp)) return isExpected ? missing('kpp-required', 'cross') : null
  if (isExpected) return checkKpp(kpp)
  return { value: strip(kpp).toUpperCase(), fault: { kind: 'cross', code: 'kpp-not-expected' } }
}

/** ОГРН goes with an ИНН of 10 digits, ОГРНИП with one of 12; abroad the number is free text. */
function checkRegistration(text: string, { country, kind, taxId }: RequisitesInput): Checked {
  if (country !== 'RU') return passed(text.trim())
  const isPersonal = hasPersonalInn(taxId, kind)
  const value = strip(text)
  const isOther = value.length === (isPersonal ? 13 : 15)
  const other = isPersonal ? checkOgrn(text) : checkOgrnip(text)
  if (isOther && other.fault === null)
    return {
      value,
      fault: { kind: 'cross', code: isPersonal ? 'ogrnip-expected' : 'ogrn-expected' },
    }
  return isPersonal ? checkOgrnip(text) : checkOgrn(text)
}

/** The ИНН itself decides when it can be read, the declared kind when it cannot. */
function hasPersonalInn(taxId: Text, kind: OrganisationKind): boolean {
  const { length } = strip(taxId ?? '')
  return length === 12 || (length !== 10 && isIndividual(kind))
}

/** ОКВЭД in Russia, the five digits of ОКЭД in Kazakhstan and Belarus, where dots between them are dropped. */
function checkActivity(text: string, country: Country): Checked {
  if (country === 'RU') return checkOkved(text)
  const value = strip(text).replaceAll('.', '')
  return /^(?!00)\d{5}$/.test(value) ? passed(value) : misshapen(value, 'oked-format', 5)
}

function missing(code: string, kind: RequisiteFault['kind']): Checked {
  return { value: '', fault: { kind, code } }
}

function collect<Field extends string>(checked: Record<Field, Checked | null>): CheckedRequisites<Field> {
  const fields = Object.keys(checked) as Field[]
  const values = fields.map((field) => [field, checked[field]?.value || null] as const)
  const faults = fields.flatMap((field) => {
    const fault = checked[field]?.fault ?? null
    return fault === null ? [] : [[field, fault] as const]
  })
  return {
    values: Object.fromEntries(values) as Record<Field, string | null>,
    faults: Object.fromEntries(faults),
  }
}

function filled(text: Text): text is string {
  return typeof text === 'string' && text.trim() !== ''
}
