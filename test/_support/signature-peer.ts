/** A verifier for tests: what it takes for a signature says who signed which bytes, and how its own side is today. */
import { createHash } from 'node:crypto'
import { connectVerifier, type SignatureVerifier, type Signer } from '../../src/identity/define-verifier.ts'

// What opens every file of a detached signature; the rest is ours.
const head = Buffer.from('302006092a864886f70d010702', 'hex')

type Note = { digest: string; signer: Signer; fate: 'valid' | 'revoked' | 'unavailable' }

const digestOf = (document: string | Buffer) => createHash('sha256').update(document).digest('hex')

export const signedBy = (
  signer: Partial<Signer> & Pick<Signer, 'name'>,
  document: string,
  fate: Note['fate'] = 'valid',
): Buffer => {
  const whole: Signer = {
    number: null,
    taxId: null,
    organisationTaxId: null,
    validFrom: '2020-01-01T00:00:00Z',
    validTo: '2099-01-01T00:00:00Z',
    ...signer,
  }
  const note: Note = { digest: digestOf(document), signer: whole, fate }
  return Buffer.concat([head, Buffer.from(JSON.stringify(note))])
}

const peer: SignatureVerifier = {
  name: 'peer',
  countries: ['RU'],
  async verify({ document, signature }) {
    const note = JSON.parse(signature.subarray(head.length).toString()) as Note
    if (note.fate === 'unavailable') return { outcome: 'unavailable' }
    if (note.digest !== digestOf(document)) return { outcome: 'refused', reason: 'other-document' }
    if (note.fate === 'revoked') return { outcome: 'refused', reason: 'revoked' }
    return { outcome: 'valid', signer: note.signer }
  },
}

export const connectPeer = (): (() => void) => connectVerifier(peer)
