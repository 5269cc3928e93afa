/** Seals what must not be readable in the database or its copies; a sealed value opens only in the place it was made for. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { env, type DataKey } from '../env.ts'

/** Where a value lives. A value carried to another row, column or table does not open there. */
export type Place = Readonly<{ table: string; column: string; row: number | string }>

/** The value was changed, belongs elsewhere, or its key is gone. Says where, never what. */
export class SealError extends Error {
  constructor(place: Place, reason: string) {
    super(`${place.table}.${place.column} of row ${place.row}: ${reason}`)
    this.name = 'SealError'
  }
}

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16
const VERSION = 'v1'

/** Opens and closes values; `reseal` is null when the value already stands under the current key. */
export type Seals = Readonly<{
  seal: (value: string, place: Place) => string
  unseal: (sealed: string, place: Place) => string
  reseal: (sealed: string, place: Place) => string | null
  /** What every value under the current key begins with. */
  currentPrefix: () => string
}>

// Written as JSON, so that no two places spell the same bytes.
const bindingOf = (keyId: string, { table, column, row }: Place): Buffer =>
  Buffer.from(JSON.stringify([VERSION, keyId, table, column, String(row)]))

/** @param ring the keys of an installation; new values take the first, old ones open with the key they name */
export function sealsOf(ring: readonly DataKey[]): Seals {
  const [current] = ring
  if (!current) throw new Error('a ring needs a key')
  const prefix = `${VERSION}.${current.id}.`

  function seal(value: string, place: Place): string {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv(CIPHER, current!.key, nonce, { authTagLength: TAG })
    cipher.setAAD(bindingOf(current!.id, place))
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
    return prefix + Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
  }

  function unseal(sealed: string, place: Place): string {
    const [version, keyId = '', body = ''] = sealed.split('.')
    if (version !== VERSION) throw new SealError(place, 'not a sealed value')
    const key = ring.find(({ id }) => id === keyId)
    if (!key) throw new SealError(place, `DATA_KEYS has no key «${keyId}»`)
    const bytes = Buffer.from(body, 'base64url')
    if (bytes.length < NONCE + TAG) throw new SealError(place, 'the value was cut')
    const decipher = createDecipheriv(CIPHER, key.key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(bindingOf(keyId, place))
    decipher.setAuthTag(bytes.subarray(-TAG))
    const text = decipher.update(bytes.subarray(NONCE, -TAG))
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    } catch {
      throw new SealError(place, 'the value was changed or belongs elsewhere')
    }
  }

  return {
    seal,
    unseal,
    reseal: (sealed, place) => (sealed.startsWith(prefix) ? null : seal(unseal(sealed, place), place)),
    currentPrefix: () => prefix,
  }
}

let own: Seals | undefined

/** The seals of this installation, with the keys of `DATA_KEYS`. */
export const seals = (): Seals => (own ??= sealsOf(env().DATA_KEYS))
