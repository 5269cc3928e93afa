/** Reads the body of a request that passed the guard: JSON, a form, or files into a folder that is emptied after. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { json, urlencoded, type Request, type RequestHandler, type Response } from 'express'
import { env } from '../env.ts'

const MEBIBYTE = 1024 * 1024

export const LIMITS = {
  fileSize: 25 * MEBIBYTE,
  files: 20,
  fields: 500,
  fieldSize: MEBIBYTE,
  parts: 600,
} as const

/** A file as it came: on the disk until the answer is sent. The name and the type are the sender's word. */
export type ReceivedFile = Readonly<{ path: string; name: string; type: string; size: number }>

/** What was posted: text by field name, files by field name. */
export type Body = Readonly<{ fields: Record<string, unknown>; files: Record<string, ReceivedFile> }>

const EMPTY: Body = { fields: {}, files: {} }

export const bodyOf = (response: Response): Body => (response.locals['body'] as Body | undefined) ?? EMPTY

const asJson = json({ limit: '1mb' })
const asForm = urlencoded({ extended: false, limit: '1mb', parameterLimit: LIMITS.fields })

/** A body beyond {@link LIMITS}, or none at all; `status` is for the error handler. */
class BodyFault extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

async function keepFile(
  stream: Readable & { truncated?: boolean },
  folder: string,
  name: string,
  type: string,
): Promise<ReceivedFile> {
  const path = join(folder, randomUUID())
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  await pipeline(stream, file)
  if (stream.truncated) throw new BodyFault(413, 'a file is too large')
  return { path, name, type, size: file.bytesWritten }
}

async function readParts(request: Request, response: Response): Promise<Body> {
  const folder = join(env().DATA_DIR, 'uploads', randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  response.on('close', () => void rm(folder, { recursive: true, force: true }))

  const fields: Record<string, unknown> = {}
  const files: Record<string, ReceivedFile> = {}
  const writing: Promise<void>[] = []
  const parser = busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' })
  const exceeded = () => parser.destroy(new BodyFault(413, 'too many parts'))
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) parser.destroy(new BodyFault(413, 'a field is too large'))
    else if (name !== '__proto__') fields[name] = value
  })
  parser.on('file', (name, stream, { filename, mimeType }) => {
    const kept = keepFile(stream, folder, filename ?? '', mimeType).then((file) => {
      if (name !== '__proto__') files[name] = file
    })
    // The failure is awaited below; until then it must not count as unhandled.
    kept.catch((fault: Error) => parser.destroy(fault))
    writing.push(kept)
  })
  parser.on('filesLimit', exceeded).on('fieldsLimit', exceeded).on('partsLimit', exceeded)
  await pipeline(request, parser)
  await Promise.all(writing)
  return { fields, files }
}

const through = (parser: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise(
    (resolve, reject) =>
      void parser(request, response, (fault: unknown) => (fault ? reject(fault) : resolve())),
  )

async function read(request: Request, response: Response): Promise<Body> {
  if (request.is('multipart/form-data')) return readParts(request, response)
  if (request.is('json')) await through(asJson, request, response)
  else if (request.is('urlencoded')) await through(asForm, request, response)
  else return EMPTY
  return { fields: { ...(request.body as object | undefined) }, files: {} }
}

export const readBody: RequestHandler = async (request, response, next) => {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    response.locals['body'] = await read(request, response)
  next()
}
