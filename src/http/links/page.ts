/** The frame of pages opened by a link: one look, no scripts, no account, nothing loaded from elsewhere. */
import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { translate } from '../../../admin/locale/index.ts'
import type { Language } from '../../domain/language.ts'
import { escape, fontsOf, icon, mark } from '../brand.ts'
import { visitorLanguage } from '../language-cookie.ts'

/** Sentences of `links.json` in the visitor's language, ready for HTML. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string

export const sayIn =
  (language: Language): Say =>
  (key, params) =>
    escape(translate(language, `links.${key}`, params))

/** `say` is ready for HTML, `tell` is plain text. */
export type Visit = Readonly<{
  language: Language
  say: Say
  tell: Say
  request: Request
  response: Response
}>

/** The language by `?lang=`, as English letters have it in their links, or by the cookie; Russian until then. */
export function visitOf(request: Request, response: Response): Visit {
  const language = visitorLanguage(request, response)
  const tell: Say = (key, params) => translate(language, `links.${key}`, params)
  return { language, say: sayIn(language), tell, request, response }
}

export const icons = {
  download: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v12M6 11l6 6 6-6M4 20h16"/></svg>',
  upload: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20V8M6 13l6-6 6 6M4 4h16"/></svg>',
  file: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 2h9l4 4v16H6zM14 2v5h5"/></svg>',
  warning: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4l9 16H3zM12 10v4M12 17h.01"/></svg>',
  done: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>',
}

const style = `
*,*::before,*::after{box-sizing:border-box}
body{margin:0;background:#f5f6f8;color:#17202e;font:14px/20px Inter,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;-webkit-text-size-adjust:100%}
.page{max-width:860px;margin:0 auto;padding:20px 16px 60px}
.calm{max-width:560px}
.top{display:flex;align-items:center;gap:10px;font-size:16px;font-weight:600;min-height:40px}
.top i{width:24px;height:24px;border-radius:6px;background:#2450c8;color:#fff;display:grid;place-items:center;flex:none}
.top .who{margin-left:auto;font-size:13px;line-height:18px;font-weight:400;color:#667085;text-align:right}
svg{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;flex:none}
.head{display:flex;align-items:flex-start;gap:16px;margin:12px 0 16px}
.head>div{flex:1;min-width:0}
h1{font-size:20px;line-height:28px;font-weight:600;margin:0;overflow-wrap:anywhere}
h2{font-size:16px;line-height:24px;font-weight:600;margin:0}
.lead{margin:4px 0 0;color:#475467;overflow-wrap:anywhere}
.state{display:inline-flex;align-items:center;gap:6px;height:24px;padding:0 10px;border-radius:12px;font-size:13px;font-weight:600;white-space:nowrap}
.state::before{content:'';width:6px;height:6px;border-radius:50%;background:currentColor}
.sign{width:32px;height:32px;border-radius:50%;display:grid;place-items:center}
.calm .top{margin-bottom:12px}
.yours{background:#e4ecfd;color:#1b3fa3}.done{background:#e1f4ea;color:#0f6a43}.fail{background:#fce7e5;color:#a8201a}
.card{background:#fff;border:1px solid #e2e6ec;border-radius:12px;margin-bottom:16px;box-shadow:0 1px 2px rgba(23,32,46,.06)}
.card>header{display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding:14px 16px;border-bottom:1px solid #e2e6ec}
.card>header h2{flex:1;min-width:180px}
.pad{padding:16px}
.pad>:last-child{margin-bottom:0}
p{margin:0 0 12px}
.hint{color:#667085;font-size:13px;line-height:18px;margin:4px 0 0}
table{width:100%;border-collapse:collapse;font-size:13px;line-height:18px}
th{font-size:12px;line-height:16px;font-weight:600;color:#475467;text-align:left;padding:9px 12px;border-bottom:1px solid #e2e6ec}
td{padding:8px 12px;border-bottom:1px solid #e2e6ec;vertical-align:top}
tr:last-child>td{border-bottom:0}
.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tbody .num,tbody .name{padding-top:14px}
label,.label{display:block;font-size:13px;line-height:18px;font-weight:600;margin-bottom:4px}
input,select,textarea{width:100%;height:36px;padding:0 10px;border:1px solid #c5ccd6;border-radius:8px;background:#fff;color:inherit;font:inherit}
textarea{height:84px;padding:8px 10px;resize:vertical}
select{padding:0 6px;min-width:76px}
.lines input[type=date]{width:138px}.lines input{min-width:84px}
h3.label{margin:0 0 4px}
input[type=file]{height:auto;padding:18px 14px;border:1.5px dashed #c5ccd6;background:#fff}
[aria-invalid=true]{border:2px solid #a8201a}
:focus-visible,input[type=date]:focus-within{outline:2px solid #2450c8;outline-offset:2px}
.fault{display:flex;gap:6px;margin:5px 0 0;color:#a8201a;font-size:13px;line-height:18px;font-weight:500}
.fault svg{margin-top:1px}
.sum{background:#fce7e5;color:#a8201a;border-radius:12px;padding:14px 16px;margin-bottom:16px}
.sum ul{margin:6px 0 0;padding-left:20px}.sum a{color:inherit}
.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:8px;height:36px;padding:0 14px;border:1px solid #c5ccd6;border-radius:8px;background:#fff;color:#17202e;font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.btn.s{height:28px;padding:0 10px;font-size:13px}
.go{background:#2450c8;border-color:#2450c8;color:#fff}.go:hover{background:#1b3fa3}
.btn:not(.go):hover{background:#f0f2f5}
.row{display:flex;flex-wrap:wrap;gap:12px;align-items:center}
details{margin-top:10px}
summary{cursor:pointer;font-weight:600;color:#2450c8;width:max-content;max-width:100%}
.way{margin-top:12px}.way>summary{list-style:none;padding:7px 14px;border:1px solid #c5ccd6;border-radius:8px;background:#fff;color:#17202e}
.way>summary::-webkit-details-marker{display:none}.way>summary:hover{background:#f0f2f5}
details[open] summary{margin-bottom:12px}
.more{display:grid;grid-template-columns:1fr 2fr;gap:12px}
.papers{list-style:none;margin:0;padding:0}
.papers li{display:flex;align-items:center;gap:12px;padding:12px 16px;border-bottom:1px solid #e2e6ec}
.papers li:last-child{border-bottom:0}
.papers b{font-weight:600;display:block}.papers .grow{flex:1;min-width:0;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:150px 1fr;gap:10px 16px;margin:0}
dt{color:#667085;font-size:13px}dd{margin:0;overflow-wrap:anywhere}
a{color:#2450c8}
.foot{font-size:13px;color:#667085;text-align:center;margin-top:24px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
iframe{border:0;display:inline-block;max-width:100%}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:13px/18px ui-monospace,Menlo,Consolas,monospace}
@media (max-width:768px){
.top{flex-wrap:wrap}.top .who{margin-left:0;width:100%;text-align:left}
.head{flex-direction:column;gap:8px}
.grid,.more{grid-template-columns:1fr}
input,select,.btn{height:44px;font-size:16px}.btn.s{height:44px}
.lines thead{display:none}.lines input[type=date]{width:100%}
.way>summary{width:100%;text-align:center;padding:11px 14px;font-size:16px}
.lines tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));border-bottom:1px solid #e2e6ec;padding:8px 0}
.lines tr:last-child{border-bottom:0}
.lines td{border:0;padding:4px 16px}
.lines td.name,.lines td.wide{grid-column:1/-1}
.lines td.num{text-align:left}.lines td.name{font-weight:600;padding-top:8px}
summary{padding:12px 0}
.lines td.name{overflow-wrap:anywhere}
.lines td[data-label]::before{content:attr(data-label);display:block;font-size:12px;line-height:16px;color:#667085;font-weight:400}
.row .btn{width:100%}
.papers li{flex-wrap:wrap}.papers .grow{flex-basis:80%}.papers .btn{flex:1}
dl{grid-template-columns:1fr;gap:2px}dd{margin-bottom:10px}
}
`

export type Frame = Readonly<{
  title: string
  body: string
  who?: string
  isCalm?: boolean
  status?: number
  frames?: boolean
}>

/** Sends the page with the headers that keep its address to itself. Plain texts in, HTML in `body` only. */
export function sendPage({ language, say, request, response }: Visit, frame: Frame): void {
  const nonce = randomBytes(16).toString('base64')
  const other = language === 'ru' ? 'en' : 'ru'
  const fonts = fontsOf(response)
  keepSecret(response)
  response
    .status(frame.status ?? 200)
    .set(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'nonce-${nonce}'${fonts ? " 'self'; font-src 'self'" : ''}; img-src data:;${frame.frames ? " frame-src 'self';" : ''} form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    .type('html').send(`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(frame.title)} · certdesk</title><link rel="icon" href="${icon}">${fonts}<style nonce="${nonce}">${style}</style></head>
<body><div class="page${frame.isCalm ? ' calm' : ''}"><header class="top"><i>${mark}</i>certdesk${frame.who ? `<span class="who">${escape(frame.who)}</span>` : ''}</header>
<main>${frame.body}</main><footer class="foot"><a href="${escape(request.baseUrl + request.path)}?lang=${other}" lang="${other}">${say('other')}</a></footer></div></body></html>`)
}

/** The address of these pages opens them: no referrer, no cache and no search engine may keep it. */
export function keepSecret(response: Response): void {
  response.set({
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex, nofollow',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  if (response.req.secure) response.set('Strict-Transport-Security', 'max-age=31536000')
}

/** A page with one thing to say. */
export function sendNotice(
  visit: Visit,
  notice: { title: string; text: string; tone: 'done' | 'fail'; status: number },
): void {
  const body = `<div class="card"><div class="pad"><div class="row"><span class="sign ${notice.tone}" aria-hidden="true">${
    notice.tone === 'done' ? icons.done : icons.warning
  }</span><h1>${escape(notice.title)}</h1></div><p class="lead">${escape(notice.text)}</p></div></div>`
  sendPage(visit, { title: notice.title, body, isCalm: true, status: notice.status })
}

/** Too many secrets that do not exist came from this address: whether the present one does is not looked at. */
export const sendOften = (visit: Visit): void =>
  sendNotice(visit, {
    title: visit.tell('gone.often'),
    text: visit.tell('gone.oftenText'),
    tone: 'fail',
    status: 429,
  })
