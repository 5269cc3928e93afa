/** How the product shows itself on pages that need no bundle: its sign, its fonts, and text that is safe in HTML. */
import type { RequestHandler, Response } from 'express'

export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The sign, drawn in the colour of the text around it. */
export const mark =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10M9 13l-1.5 8L12 18.5l4.5 2.5L15 13"/></svg>'

/** An address of the tab's icon that needs no request. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#2450c8"/><path d="M12 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8M9.5 13 8.5 19l3.5-2 3.5 2-1-6" fill="none" stroke="#fff" stroke-width="1.6"/></svg>',
)}`

/** Lets every page use the fonts of the back office; without them it shows the reader's own. */
export const withFonts =
  (href: () => string): RequestHandler =>
  (_request, response, next) => {
    response.locals['fontsHref'] = href()
    next()
  }

/** The style sheet with the fonts as a page links it; empty where none is served. */
export function fontsOf({ locals }: Response): string {
  const href = locals['fontsHref'] as string | undefined
  return href ? `<link rel="stylesheet" href="${escape(href)}">` : ''
}
