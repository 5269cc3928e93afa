/** Owns what an address has to hold for a letter to arrive. */

import type { FieldFault } from './errors.ts'

export type PostalAddress = Readonly<{ postcode: string; address: string }>

const longest = 300

/** All three countries write six digits. */
export function checkPostalAddress(typed: { postcode?: unknown; address?: unknown }): {
  address: PostalAddress
  faults: Partial<Record<keyof PostalAddress, FieldFault>>
} {
  const tidy = (value: unknown) => (typeof value === 'string' ? value.trim().replaceAll(/\s+/g, ' ') : '')
  const postcode = tidy(typed.postcode).replaceAll(/\D/g, '')
  const address = tidy(typed.address)
  const faults: Partial<Record<keyof PostalAddress, FieldFault>> = {}
  if (!/^\d{6}$/.test(postcode)) faults.postcode = { code: postcode ? 'postcode-format' : 'required' }
  if (address.length < 10) faults.address = { code: address ? 'address-short' : 'required' }
  if (address.length > longest) faults.address = { code: 'too-long' }
  return { address: { postcode, address }, faults }
}
