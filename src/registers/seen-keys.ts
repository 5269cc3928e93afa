/** A set of very many short texts in little memory: only 64 bits of each are kept. */

/**
 * Eight bytes for a slot, at most two slots in three taken: a million keys need 16 MB. Two different keys are taken for one with a
 * chance of about n²/2⁶⁵: for a million that is one in forty million files.
 */
export class SeenKeys {
  #slots = new Uint32Array(2 * 65_536)
  #count = 0

  /** @returns false when the key was there already */
  add(key: string): boolean {
    const [low, high] = hashOf(key)
    if (!place(this.#slots, low, high)) return false
    this.#count += 1
    if (this.#count * 3 > this.#slots.length) this.#grow()
    return true
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2)
    for (let at = 0; at < this.#slots.length; at += 2) {
      const low = this.#slots[at] as number
      const high = this.#slots[at + 1] as number
      if (low !== 0 || high !== 0) place(larger, low, high)
    }
    this.#slots = larger
  }
}

function place(slots: Uint32Array, low: number, high: number): boolean {
  const mask = slots.length - 2
  for (let at = (low * 2) & mask; ; at = (at + 2) & mask) {
    if (slots[at] === low && slots[at + 1] === high) return false
    if (slots[at] === 0 && slots[at + 1] === 0) {
      slots[at] = low
      slots[at + 1] = high
      return true
    }
  }
}

/** Two mixes of the characters with different seeds; never zero and zero, which means an empty slot. */
function hashOf(key: string): readonly [low: number, high: number] {
  let one = 0x811c9dc5
  let other = 0x9e3779b9
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x85ebca6b)
    other ^= other >>> 13
  }
  one ^= one >>> 15
  one = Math.imul(one, 0x2c1b3c6d)
  one ^= one >>> 12
  other = Math.imul(other ^ (other >>> 16), 0x297a2d39)
  other ^= other >>> 15
  return [one >>> 0 || 1, other >>> 0]
}
