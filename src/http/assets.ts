/** Serves built files by their hashed names: compressed beforehand, cached by the browser for good. */
import { existsSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { RequestHandler } from 'express'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** @param folder holds the files and their compressed twins; nothing else is ever served. */
export function assets(folder: string): RequestHandler {
  return (request, response, next) => {
    const name = basename(request.path)
    const type = types[extname(name)]
    const path = join(folder, name)
    if (!type || (request.method !== 'GET' && request.method !== 'HEAD') || !existsSync(path)) return next()
    const accepted = request.acceptsEncodings(['br', 'gzip'])
    const twin = encodings.find(([encoding, suffix]) => encoding === accepted && existsSync(path + suffix))
    response.set({
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
      ...(twin && { 'Content-Encoding': twin[0] }),
    })
    response.sendFile(path + (twin?.[1] ?? ''), { cacheControl: false, dotfiles: 'allow' })
  }
}
