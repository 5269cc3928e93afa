/** The headers every answer carries, and the nonce that lets our own scripts run and no others. */
import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // styled-components writes its rules at run time; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')

export const nonceOf = (response: Response): string => response.locals['nonce'] as string

/** `Strict-Transport-Security` is sent only over https, where it means something. */
export const securityHeaders: RequestHandler = (request, response, next) => {
  const nonce = randomBytes(16).toString('base64')
  response.locals['nonce'] = nonce
  response.set({
    'Content-Security-Policy': policy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  })
  if (request.secure) response.set('Strict-Transport-Security', 'max-age=31536000')
  next()
}
