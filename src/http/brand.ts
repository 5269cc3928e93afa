/** How the product shows itself on pages that need no bundle: its sign, its fonts, and text that is safe in HTML. */
import type { Response } from 'express'

export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The sign, drawn in the colour of the text around it. */
export const mark =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10M9 13l-1.5 8L12 18.5l4.5 2.5L15 13"/></svg>'

/** The sign and the name above a page with one thing to do or to say. */
export const brand = `<div class="brand"><i>${mark}</i>certdesk</div>`
export const brandStyle = `.brand{display:flex;justify-content:center;align-items:center;gap:10px;font-size:18px;font-weight:600;margin-bottom:16px}
.brand i{width:24px;height:24px;border-radius:6px;background:#2450c8;color:#fff;display:grid;place-items:center}
svg{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;flex:none}`

/** An address of the tab's icon that needs no request. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#2450c8"/><path d="M12 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8M9.5 13 8.5 19l3.5-2 3.5 2-1-6" fill="none" stroke="#fff" stroke-width="1.6"/></svg>',
)}`

/** The style sheet with the fonts of the back office as a page links it; empty where none is served. */
export function fontsOf({ app }: Response): string {
  const href = app.locals['fontsHref'] as string | undefined
  return href ? `<link rel="stylesheet" href="${escape(href)}">` : ''
}
