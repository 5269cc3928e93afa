/** Sends a page or an answer compressed when it is large enough to be worth it and the client can read it. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, Response } from 'express'

const brotli = promisify(brotliCompress)
const squeeze = promisify(gzip)

const WORTH_IT = 2048
// Fast levels: the fourth of brotli is smaller than the sixth of gzip and no slower.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

export async function sendCompressed(
  request: Request,
  response: Response,
  type: 'html' | 'json',
  text: string,
): Promise<void> {
  response.type(type).set('Cache-Control', 'no-store').vary('Accept-Encoding')
  const encoding = text.length < WORTH_IT ? false : request.acceptsEncodings(['br', 'gzip'])
  if (encoding === 'br') response.set('Content-Encoding', 'br').send(await brotli(text, BROTLI))
  else if (encoding === 'gzip')
    response.set('Content-Encoding', 'gzip').send(await squeeze(text, { level: 4 }))
  else response.send(text)
}
