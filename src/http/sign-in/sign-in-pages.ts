/** The pages of signing in: address and password, then a code where one is asked for. */
import { escape } from '../brand.ts'
import {
  dot,
  passkeyButton,
  faultOf,
  goodNews,
  sayFor,
  sendPage,
  typedForm,
  wrongBy,
  type Said,
  type Visit,
} from './frame.ts'

type SignIn = { email: string; fault: Said | null; good?: Said | null; status?: number }

export function sendSignInPage(visit: Visit, { email, fault, good = null, status = 200 }: SignIn): void {
  const t = sayFor(visit)
  const { root, side } = visit.door
  const body = `${goodNews(visit, good)}<form id="${typedForm}" method="post" action="${root}/login">
<div class="field"><label for="email">${t('door.signIn.email')}</label><input id="email" name="email" type="email" autocomplete="username webauthn" required maxlength="320" value="${escape(email)}"${email ? '' : ' autofocus'}></div>
<div class="field"><div class="row"><label for="password">${t('door.signIn.password')}</label><a href="${root}/forgot">${t('door.signIn.forgot')}</a></div><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${wrongBy(fault)}${email ? ' autofocus' : ''}>${faultOf(visit, fault)}</div>
<button>${t('door.signIn.submit')}</button>${passkeyButton(visit)}</form>`
  const foot =
    side === 'staff'
      ? `${t('door.signIn.clientAsk')} <a href="/cabinet/login">${t('door.signIn.cabinet')}</a>`
      : `<a href="${root}/register">${t('door.signIn.register')}</a>${dot}<a href="/admin/login">${t('door.signIn.office')}</a>`
  sendPage(visit, {
    title: t(side === 'staff' ? 'door.signIn.staffTitle' : 'door.signIn.clientTitle'),
    body,
    path: '/login',
    keepsTyped: true,
    foot: `${side === 'client' ? `${t('door.signIn.notice')}<br>` : ''}${foot}`,
    status,
    usesPasskeys: true,
  })
}

type Code = { hasCodes: boolean; fault: Said | null; status?: number }

/** The second step. Somebody who has only passkeys is asked for one of them. */
export function sendCodePage(visit: Visit, { hasCodes, fault, status = 200 }: Code): void {
  const t = sayFor(visit)
  const { root } = visit.door
  const byCode = `<p class="lead">${t('door.code.lead')}</p><form method="post" action="${root}/login/code">
<div class="field"><label for="code">${t('door.code.field')}</label><input id="code" class="code" name="code" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" required maxlength="40" autofocus${wrongBy(fault)}>${faultOf(visit, fault)}<p class="hint">${t('door.code.hint')}</p></div>
<button>${t('door.code.submit')}</button>${passkeyButton(visit)}</form>`
  const byKey = `<p class="lead">${t('door.code.keyLead')}</p>${passkeyButton(visit, 'go')}<noscript><p>${t('door.code.needsScript')}</p></noscript>`
  sendPage(visit, {
    title: t(hasCodes ? 'door.code.title' : 'door.code.keyTitle'),
    body: hasCodes ? byCode : byKey,
    path: '/login/code',
    foot: `<a href="${root}/login">${t('door.code.other')}</a>`,
    status,
    usesPasskeys: true,
  })
}
