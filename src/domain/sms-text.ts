/** What a phone network makes of a text: how many paid pieces it is, and which numbers it is sent to. */

// The default alphabet of GSM 03.38, and its extension whose signs take two places.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/** Pieces of 160 signs, or of 70 when any sign is outside the alphabet; joined pieces lose the room of their header. */
export function smsSegments(text: string): number {
  let places = 0
  for (const sign of text) {
    if (basic.has(sign)) places += 1
    else if (extended.has(sign)) places += 2
    else return pieces(text.length, 70, 67)
  }
  return pieces(places, 160, 153)
}

const pieces = (length: number, alone: number, joined: number): number =>
  length <= alone ? 1 : Math.ceil(length / joined)

/** `+79161234567`: the only spelling a gateway is given. */
export const isE164 = (phone: string): boolean => /^\+[1-9]\d{6,14}$/.test(phone)
