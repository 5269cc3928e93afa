/** Owns the shape of e-mail addresses and telephone numbers. */

import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { misshapen, passed, type Checked } from './checked.ts'
import type { Country } from './country.ts'

const localPart = /^[^\s@<>()[\],;:\\".]+(\.[^\s@<>()[\],;:\\".]+)*$/u
const domainPart =
  /^([\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!\d+$)[\p{L}\p{N}-]{2,63}$/u

/** An e-mail address; the domain is stored in lower case and may be national (`почта@пример.рф`). */
export function checkEmail(text: string): Checked {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, Math.max(at, 0))
  const domain = trimmed.slice(at + 1).toLowerCase()
  const value = at < 0 ? trimmed : `${local}@${domain}`
  const isAddress =
    local.length <= 64 && value.length <= 254 && localPart.test(local) && domainPart.test(domain)
  return isAddress ? passed(value) : { value, fault: { kind: 'format', code: 'email-format' } }
}

/** A telephone number in E.164 with the extension apart, or the text as typed with its fault. */
export type CheckedPhone = Checked & Readonly<{ extension: string | null }>

/**
 * A telephone number as people write it: `8-921-684-6838`, `(8172) 71-12-50 доб. 117`.
 * @param country where a number without a country code belongs
 */
export function checkPhone(text: string, country: Country): CheckedPhone {
  const phone = parsePhoneNumberFromString(text, country)
  if (phone?.isValid() === true) return { ...passed(phone.number), extension: phone.ext ?? null }
  const { value, fault } = misshapen(text.trim(), 'phone-format', country === 'BY' ? '+375 29 …' : '+7 …')
  return { value, fault, extension: null }
}
