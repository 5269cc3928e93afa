/** Codes for the day the phone is lost: made ten at a time, kept as hashes, each good once. */
import { createHash, randomInt } from 'node:crypto'

// Letters and digits nobody mistakes for each other on paper.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

const group = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** `k7mqd-2xw9p-hb4rt`: 74 bits each, so a plain hash tells a thief of the database nothing. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => [group(), group(), group()].join('-'))

/** Written with or without dashes, spaces and capitals it is the same code. */
export const recoveryHash = (userId: number, code: string): string =>
  createHash('sha256')
    .update(`${userId}:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
    .digest('hex')
