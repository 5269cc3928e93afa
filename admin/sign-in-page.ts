/** The pages before the back office: sign-in and the first change of a password. Plain HTML that needs no script. */
import type { Language } from '../src/domain/language.ts'
import type { Door } from '../src/http/doors.ts'
import { translate } from './locale/index.ts'

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Drawn once; also the icon of the tab. */
const mark =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10M9 13l-1.5 8L12 18.5l4.5 2.5L15 13"/></svg>'

/** An address of the tab's icon that needs no request. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#2450c8"/><path d="M12 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8M9.5 13 8.5 19l3.5-2 3.5 2-1-6" fill="none" stroke="#fff" stroke-width="1.6"/></svg>',
)}`

const style = `
*,*::before,*::after{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:#f5f6f8;color:#17202e;font:14px/20px Inter,system-ui,sans-serif}
main{width:100%;max-width:380px}
.brand{display:flex;justify-content:center;align-items:center;gap:10px;font-size:18px;font-weight:600;margin-bottom:16px}
.brand i{width:24px;height:24px;border-radius:6px;background:#2450c8;display:grid;place-items:center}
svg{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;flex:none}
.brand svg{color:#fff}
.card{background:#fff;border:1px solid #e2e6ec;border-radius:12px;padding:24px;box-shadow:0 1px 2px rgba(23,32,46,.06)}
h1{font-size:20px;line-height:28px;font-weight:600;margin:0 0 16px}
.lead{margin:-8px 0 16px;color:#475467}
label{display:block;font-size:13px;font-weight:600;margin-bottom:4px}
.field{margin-bottom:16px}
input{width:100%;height:40px;padding:0 12px;border:1px solid #c5ccd6;border-radius:8px;background:#fff;color:inherit;font:inherit}
input[aria-invalid=true]{border:2px solid #a8201a;padding:0 11px}
input:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid #2450c8;outline-offset:2px}
.fault{display:flex;gap:6px;margin:6px 0 0;color:#a8201a;font-size:13px;line-height:18px;font-weight:500}
.fault svg{margin-top:1px}
.hint{margin:6px 0 0;color:#667085;font-size:13px;line-height:18px}
button{width:100%;height:40px;border:0;border-radius:8px;background:#2450c8;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:hover{background:#1b3fa3}
.foot{text-align:center;margin:16px 0 0;font-size:13px;color:#475467}
a{color:#2450c8}
@media (max-width:768px){input,button{height:44px;font-size:16px}}
@media (prefers-reduced-motion:no-preference){button{transition:background .12s}}
`

const warning =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4l9 16H3zM12 10v4M12 17h.01"/></svg>'

type Frame = { language: Language; title: string; fontsHref: string; body: string; foot: string }

const frame = ({ language, title, fontsHref, body, foot }: Frame): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)} · certdesk</title><link rel="icon" href="${icon}"><link rel="stylesheet" href="${fontsHref}">
<style>${style}</style></head><body><main>
<div class="brand"><i>${mark}</i>certdesk</div><section class="card"><h1>${escape(title)}</h1>${body}</section>
<p class="foot">${foot}</p></main></body></html>`

/** A sentence of the locale files with what it is filled with. */
export type Said = { key: string; params?: Record<string, string | number> }

const fault = (language: Language, said: Said | null, id: string): string =>
  said
    ? `<p class="fault" id="${id}" role="alert">${warning}<span>${escape(translate(language, said.key, said.params))}</span></p>`
    : ''

const otherLanguage = (language: Language, path: string): string => {
  const other = language === 'ru' ? 'en' : 'ru'
  return `<a href="${path}?lang=${other}" lang="${other}">${other === 'en' ? 'English' : 'Русский'}</a>`
}

export type SignInPage = {
  door: Door
  language: Language
  fontsHref: string
  email: string
  fault: Said | null
}

export function signInPage({ door, language, fontsHref, email, fault: said }: SignInPage): string {
  const t = (key: string) => escape(translate(language, `signIn.${key}`))
  const wrong = said ? ' aria-invalid="true" aria-describedby="fault"' : ''
  const body = `<form method="post" action="${door.root}/login">
<div class="field"><label for="email">${t('email')}</label><input id="email" name="email" type="email" autocomplete="username" required maxlength="320" value="${escape(email)}"${email ? '' : ' autofocus'}></div>
<div class="field"><label for="password">${t('password')}</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${wrong}${email ? ' autofocus' : ''}>${fault(language, said, 'fault')}</div>
<button>${t('submit')}</button></form>`
  return frame({
    language,
    title: translate(language, 'signIn.title'),
    fontsHref,
    body,
    foot: `${t('forgotten')} · ${otherLanguage(language, `${door.root}/login`)}`,
  })
}

export type PasswordPage = {
  door: Door
  language: Language
  fontsHref: string
  isForced: boolean
  fault: Said | null
}

export function passwordPage({ door, language, fontsHref, isForced, fault: said }: PasswordPage): string {
  const t = (key: string) => escape(translate(language, `password.${key}`))
  const wrong = said ? ' aria-invalid="true" aria-describedby="fault"' : ''
  const body = `${isForced ? `<p class="lead">${t('forced')}</p>` : ''}<form method="post" action="${door.root}/password">
<div class="field"><label for="current">${t('current')}</label><input id="current" name="current" type="password" autocomplete="current-password" required autofocus></div>
<div class="field"><label for="next">${t('next')}</label><input id="next" name="next" type="password" autocomplete="new-password" required minlength="12" maxlength="200"${wrong}><p class="hint">${t('hint')}</p>${fault(language, said, 'fault')}</div>
<button>${t('submit')}</button></form>`
  return frame({
    language,
    title: translate(language, 'password.title'),
    fontsHref,
    body,
    foot: otherLanguage(language, `${door.root}/password`),
  })
}
