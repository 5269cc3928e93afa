/** The look of the pages before a door: one card, no bundle; a script only adds comfort, but for passkeys. */
import type { Response } from 'express'
import { translate } from '../../../admin/locale/index.ts'
import type { Language } from '../../domain/language.ts'
import { brand, brandStyle, escape, fontsOf, icon } from '../brand.ts'
import type { Door } from '../doors.ts'
import { nonceOf } from '../security-headers.ts'

const style = `
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;min-height:100vh;display:grid;grid-template-columns:minmax(0,1fr);place-items:center;padding:24px 16px;background:#f5f6f8;color:#17202e;font:14px/20px Inter,system-ui,sans-serif}
main{width:100%;max-width:380px}
main.wide{max-width:460px}
${brandStyle}
.card{background:#fff;border:1px solid #e2e6ec;border-radius:12px;padding:24px;box-shadow:0 1px 2px rgba(23,32,46,.06)}
h1{font-size:20px;line-height:28px;font-weight:600;margin:0 0 16px;overflow-wrap:anywhere}
p{margin:0 0 16px;overflow-wrap:anywhere}
.lead{margin:-8px 0 16px;color:#475467}
label,.label{display:block;font-size:13px;line-height:18px;font-weight:600;margin-bottom:4px}
.row{display:flex;justify-content:space-between;align-items:baseline;gap:12px}
.row a{font-size:13px;white-space:nowrap}
.field{margin-bottom:16px}
input{width:100%;height:40px;padding:0 12px;border:1px solid #c5ccd6;border-radius:8px;background:#fff;color:inherit;font:inherit}
input[aria-invalid=true]{border:2px solid #a8201a;padding:0 11px}
input.code{font-size:20px;letter-spacing:.2em;font-variant-numeric:tabular-nums}
input[type=radio],input[type=checkbox]{accent-color:#2450c8}
input:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{outline:2px solid #2450c8;outline-offset:2px}
.check{display:flex;gap:8px;align-items:center;font-weight:400;margin:8px 0 0;cursor:pointer}
.check input{width:16px;height:16px;padding:0;margin:0;flex:none}
.fault{display:flex;gap:6px;margin:6px 0 0;color:#a8201a;font-size:13px;line-height:18px;font-weight:500}
.fault svg,.said svg{margin-top:1px}
.said{display:flex;gap:8px;margin:0 0 16px;padding:10px 12px;border-radius:8px;background:#e1f4ea;color:#0f6a43}
.said svg{margin-top:2px}
.hint{margin:6px 0 0;color:#667085;font-size:13px;line-height:18px}
.rules{list-style:none;margin:8px 0 0;padding:0;font-size:13px;line-height:20px;color:#475467}
.rules li{display:flex;gap:8px;align-items:baseline}
.rules li::before{content:'';width:6px;height:6px;border-radius:50%;border:1.5px solid #98a2b3;flex:none;transform:translateY(-2px)}
.rules li.kept{color:#0f6a43}.rules li.kept::before{background:#0f6a43;border-color:#0f6a43}
.rules li.broken{color:#a8201a}.rules li.broken::before{border-color:#a8201a}
button,.button{width:100%;min-height:40px;padding:9px 14px;border:0;border-radius:8px;background:#2450c8;color:#fff;font:inherit;font-weight:600;cursor:pointer;display:flex;align-items:center;justify-content:center;gap:10px;text-decoration:none}
button:hover,.button:hover{background:#1b3fa3}
.link,.link:hover{display:inline;width:auto;min-height:0;padding:0;background:none;color:#2450c8;font-size:13px;font-weight:400;text-decoration:underline}
.plain{background:#fff;color:#17202e;border:1px solid #c5ccd6;padding:8px 14px}
.plain:hover{background:#f0f2f5}
.plain{margin-top:8px}
form+form{margin-top:24px}
.plain+button:not(.plain),.hint+button,.hint+.field,.plain+.field{margin-top:16px}
.qr{display:block;width:184px;height:184px;margin:0 auto 16px;border:1px solid #e2e6ec;border-radius:8px}
.codes{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px;margin:0 0 16px;padding:14px 16px;border-radius:8px;background:#f5f6f8;list-style:none}
code,.codes{font:14px/20px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.places button{justify-content:flex-start;text-align:left;min-height:56px;overflow-wrap:anywhere}
.places small{display:block;font-weight:400;color:#667085;font-size:13px;line-height:18px}
details{margin:0 0 16px}summary{cursor:pointer;color:#2450c8;font-weight:500;width:max-content;max-width:100%}
details[open] summary{margin-bottom:8px}
fieldset{border:0;margin:0 0 16px;padding:0;min-width:0}legend{padding:0}
dl{display:grid;grid-template-columns:130px 1fr;gap:6px 12px;margin:0 0 16px}dt{color:#667085;font-size:13px}dd{margin:0;overflow-wrap:anywhere}
pre{max-height:240px;overflow:auto;margin:0;padding:12px;border-radius:8px;background:#f5f6f8;white-space:pre-wrap;font:13px/18px inherit}
.found{margin:16px 0 0}
.foot{text-align:center;margin:16px 0 0;font-size:13px;line-height:20px;color:#475467}
a{color:#2450c8}
.row a{text-decoration:none}.row a:hover{text-decoration:underline}
@media (max-width:768px){input,button,.button{min-height:44px;font-size:16px}input{height:44px}.check{min-height:44px}.check input{min-height:0;width:20px;height:20px}summary{padding:12px 0;min-height:44px}.foot a,.foot .link{display:inline-block;min-height:44px;padding:12px 8px}.foot .dot{display:none}}
@media (max-width:430px){.codes{grid-template-columns:1fr}}
@media (prefers-reduced-motion:no-preference){button{transition:background .12s}}
`

const icons = {
  warning: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4l9 16H3zM12 10v4M12 17h.01"/></svg>',
  done: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>',
  key: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M15 13a5 5 0 1 0-4.6-3L4 16.500V20h4v-2.500h2.500l1.600-2.200A5 5 0 0 0 15 13M16 8h.01"/></svg>',
} as const

/** Addresses of what the pages load from this same site. */
export type Look = Readonly<{ passkeyHref: string }>

/** One page being answered: which door, in which language, with what it may load. */
export type Visit = Readonly<{
  door: Door
  language: Language
  look: Look
  response: Response
  /** Passkeys belong to one address of the site: at another there are none to ask for. */
  knowsPasskeys: boolean
}>

/** A sentence of the locale files with what it is filled with. */
export type Said = Readonly<{ key: string; params?: Readonly<Record<string, string | number>> }>

/** A sentence of the locale files, ready for HTML. */
export const sayFor =
  ({ language }: Visit) =>
  (key: string, params?: Said['params']): string =>
    escape(translate(language, key, params))

/** What is wrong, beside the field it is wrong with. */
export const faultOf = ({ language }: Visit, said: Said | null, id = 'fault'): string =>
  said
    ? `<p class="fault" id="${id}" role="alert">${icons.warning}<span>${escape(translate(language, said.key, said.params))}</span></p>`
    : ''

/** What makes a field say that it is wrong. */
export const wrongBy = (said: Said | null, id = 'fault'): string =>
  said ? ` aria-invalid="true" aria-describedby="${id}"` : ''

/** What went well, above everything else. */
export const goodNews = ({ language }: Visit, said: Said | null): string =>
  said
    ? `<p class="said" role="status">${icons.done}<span>${escape(translate(language, said.key, said.params))}</span></p>`
    : ''

/** Pressed with a script only: without one it is not there. */
export const passkeyButton = (visit: Visit, look = 'plain'): string => {
  const t = sayFor(visit)
  if (!visit.knowsPasskeys) return ''
  return `<button type="button" class="${look}" id="passkey" data-root="${visit.door.root}" hidden>${icons.key}${t('door.signIn.byKey')}</button>
<p class="fault" id="passkey-fault" role="alert" hidden>${icons.warning}<span data-failed="${t('door.signIn.keyFailed')}" data-unknown="${t('door.signIn.keyUnknown')}"></span></p>`
}

export type Page = Readonly<{
  title: string
  body: string
  /** Address of this page below the door, for the switch of languages; null on answers that have none. */
  path: string | null
  /** Its form is `typedForm` and its route shows it again in the other language, with what was typed. */
  keepsTyped?: true
  foot?: string
  status?: number
  isWide?: boolean
  usesPasskeys?: boolean
  /** Source of a small script of this page. */
  script?: string
}>

/** Between two links of the foot; on a phone, where the links are tall and wrap, they stand apart without it. */
export const dot = '<span class="dot"> · </span>'

/** The id of a form whose values outlive the switch of languages. A password is posted with it and shown by no page. */
export const typedForm = 'typed'

function switchTo(other: Language, path: string, { keepsTyped }: Page): string {
  const name = other === 'en' ? 'English' : 'Русский'
  const address = `${path}?lang=${other}`
  return keepsTyped
    ? `<button class="link" form="${typedForm}" formaction="${address}" formnovalidate lang="${other}">${name}</button>`
    : `<a href="${address}" lang="${other}">${name}</a>`
}

/** Sends the page; nothing of it is kept by the browser. */
export function sendPage(visit: Visit, page: Page): void {
  const { language, door, look, response } = visit
  const switcher =
    page.path === null ? '' : switchTo(language === 'ru' ? 'en' : 'ru', door.root + page.path, page)
  const foot = [page.foot, switcher].filter(Boolean).join(dot)
  const scripts = [
    page.usesPasskeys && visit.knowsPasskeys ? `<script src="${look.passkeyHref}" defer></script>` : '',
    page.script ? `<script nonce="${nonceOf(response)}">${page.script}</script>` : '',
  ].join('')
  response
    .status(page.status ?? 200)
    .type('html')
    .set('Cache-Control', 'no-store').send(`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escape(page.title)} · certdesk</title><link rel="icon" href="${icon}">${fontsOf(response)}
<style>${style}</style></head><body><main${page.isWide ? ' class="wide"' : ''}>
${brand}<section class="card"><h1>${escape(page.title)}</h1>${page.body}</section>
${foot ? `<p class="foot">${foot}</p>` : ''}</main>${scripts}</body></html>`)
}
