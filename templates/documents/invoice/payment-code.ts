/** Owns the text of the payment QR code of ГОСТ Р 56042-2014. */
import type { Party } from '../_shapes.ts'

/**
 * The payload of a payment code: UTF-8 set (ST00012), the five mandatory fields in their order, then the sum in
 * kopecks and the purpose. Undefined when the receiver is not a Russian organisation with a correspondent account.
 */
export function paymentCode(receiver: Party, totalMinor: number, purpose: string): string | undefined {
  const { bank, taxId, kpp } = receiver
  if (receiver.country !== 'RU' || !bank?.correspondentAccount) return undefined
  const fields: Array<[string, string | undefined]> = [
    ['Name', limited(receiver.name, 160)],
    ['PersonalAcc', bank.account],
    ['BankName', limited(bank.name, 45)],
    ['BIC', bank.bic],
    ['CorrespAcc', bank.correspondentAccount],
    ['PayeeINN', taxId],
    ['KPP', kpp],
    ['Sum', String(totalMinor)],
    ['Purpose', limited(purpose, 210)],
  ]
  return ['ST00012', ...fields.flatMap(([name, value]) => (value ? `${name}=${value}` : []))].join('|')
}

/** Lengths are set by the standard; the bar separates fields and may not stand inside one. */
function limited(text: string, length: number): string {
  return text.replaceAll('|', '/').replaceAll('\u00a0', ' ').slice(0, length)
}
