/** The code of a letter: printed once on paper, kept here only as a keyed fingerprint. */
import { randomInt } from 'node:crypto'
import { fingerprints } from './fingerprint.ts'

// Letters and digits nobody mistakes for each other on paper.
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const group = (): string => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** `K7MQ-2XW9`: forty bits, of which five may be tried. */
export const newLetterCode = (): string => `${group()}-${group()}`

/** Written with or without dashes, spaces and capitals, and with Cyrillic letters that look alike, it is the same code. */
const plain = (letterId: number, code: string): string =>
  `${letterId} ${code
    .toUpperCase()
    .replaceAll(/[АВСЕНКМРТХУ]/g, (letter) => 'ABCEHKMPTXY'['АВСЕНКМРТХУ'.indexOf(letter)] ?? letter)
    .replaceAll(/[^A-Z0-9]/g, '')}`

export const letterCodePrint = (letterId: number, code: string): string =>
  fingerprints().of('letter-code', plain(letterId, code))

export const isLetterCode = (print: string, letterId: number, code: string): boolean =>
  fingerprints().matches(print, 'letter-code', plain(letterId, code))
