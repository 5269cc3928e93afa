/** The language of somebody who has not signed in: chosen by a link, kept in a cookie, Russian until then. */
import type { Request, Response } from 'express'
import { languages, type Language } from '../domain/language.ts'
import { cookieOf } from './cookies.ts'

const COOKIE = 'certdesk.language'
const YEAR = 365 * 24 * 3600_000

const known = (value: unknown): Language | undefined => languages.find((language) => language === value)

/** `?lang=en` chooses and is remembered. */
export function visitorLanguage(request: Request, response: Response): Language {
  const chosen = known(request.query['lang'])
  if (chosen) keepLanguage(response, chosen)
  return chosen ?? known(cookieOf(request, COOKIE)) ?? 'ru'
}

export const keepLanguage = (response: Response, language: Language): void => {
  response.cookie(COOKIE, language, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: YEAR })
}
