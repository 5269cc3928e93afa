/** What a file is, by its bytes; its name and what the sender claims are not asked. */
import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

/** Types staff and clients may hand in. */
export const allowedTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/xml',
  'text/plain',
  'application/zip',
  'application/pkcs7-signature',
] as const

export type AllowedType = (typeof allowedTypes)[number]

const HEAD = 64 * 1024
// The name of "signed data" (PKCS #7), which opens every detached signature in its first bytes.
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex')
const ACTIVE_CONTENT = /<(!doctype\s+html|html|svg|script|\?xml-stylesheet)|www\.w3\.org\/1999\/(xhtml|XSL)/i

const headOf = async (path: string): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const isSignature = (head: Buffer): boolean =>
  (head[0] === 0x30 && head.subarray(0, 24).includes(SIGNED_DATA)) ||
  /^-----BEGIN (PKCS7|CMS)-----/.test(head.toString('latin1', 0, 40))

// Letters of any encoding, but no control characters other than tabs, line ends and page breaks.
const isText = (head: Buffer): boolean =>
  head.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d].includes(byte))

/** The type of the file at `path` if it is one we take, else undefined. XML and text a browser could run are not. */
export const detectType = async (path: string): Promise<AllowedType | undefined> => {
  const head = await headOf(path)
  const found: string | undefined = (await fileTypeFromFile(path))?.mime
  if (found === 'application/xml' || found === undefined) {
    if (isSignature(head)) return 'application/pkcs7-signature'
    if (ACTIVE_CONTENT.test(head.toString('latin1').replaceAll('\0', ''))) return undefined
    if (found) return 'application/xml'
    return isText(head) ? 'text/plain' : undefined
  }
  return allowedTypes.find((type) => type === found)
}
