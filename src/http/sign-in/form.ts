/** How the small forms before a door are read. */
import { urlencoded, type Request } from 'express'
import type { Said } from './frame.ts'

// A few short fields: anything larger is not one of these forms.
export const form = urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 })

export const field = (request: Request, name: string): string => {
  const value = (request.body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** A press on the other language posts the form there, so that what was typed is shown again and nothing else happens. */
export const isLanguageSwitch = (request: Request): boolean => request.query['lang'] !== undefined

/** Too many guesses; how long to wait is all that is told. */
export const paused = (seconds: number): Said => ({
  key: 'door.signIn.paused',
  params: { count: Math.ceil(seconds / 60) },
})
