/** The pages of a forgotten password: asking for a link, the answer that is always the same, and the new password. */
import type { Audience } from '../../domain/password-rules.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, sendPage, typedForm, wrongBy, type Said, type Visit } from './frame.ts'
import { newPasswordFields, passwordScript } from './password-fields.ts'

type Forgot = { email: string; fault: Said | null; status?: number }

export function sendForgotPage(visit: Visit, { email, fault, status = 200 }: Forgot): void {
  const t = sayFor(visit)
  const { root } = visit.door
  sendPage(visit, {
    title: t('door.forgot.title'),
    body: `<p class="lead">${t('door.forgot.lead')}</p><form id="${typedForm}" method="post" action="${root}/forgot">
<div class="field"><label for="email">${t('door.signIn.email')}</label><input id="email" name="email" type="email" autocomplete="username" required maxlength="320" value="${escape(email)}" autofocus${wrongBy(fault)}>${faultOf(visit, fault)}</div>
<button>${t('door.forgot.submit')}</button></form>`,
    path: '/forgot',
    keepsTyped: true,
    foot: `<a href="${root}/login">${t('door.forgot.back')}</a>`,
    status,
  })
}

/** The same for every address: it tells nobody who is registered. */
export function sendForgotAnswer(visit: Visit, email: string): void {
  const t = sayFor(visit)
  const { root } = visit.door
  sendPage(visit, {
    title: t('door.forgot.sentTitle'),
    body: `<p class="lead">${t('door.forgot.sent', { email })}</p><p>${t('door.forgot.sentHint')}</p><a class="button plain" href="${root}/login">${t('door.forgot.back')}</a>`,
    path: null,
  })
}

type NewPassword = {
  purpose: 'first' | 'reset'
  email: string
  audience: Audience
  fault: Said | null
  status?: number
}

export function sendNewPasswordPage(
  visit: Visit,
  { purpose, email, audience, fault, status = 200 }: NewPassword,
): void {
  const t = sayFor(visit)
  sendPage(visit, {
    title: t(purpose === 'first' ? 'door.newPassword.firstTitle' : 'door.newPassword.title'),
    body: `<form method="post" action="${visit.door.root}/new-password">
<div class="field"><label for="login">${t('door.newPassword.login')}</label><input id="login" type="email" autocomplete="username" value="${escape(email)}" readonly></div>
${newPasswordFields(visit, audience, fault, purpose === 'first')}<button>${t('door.newPassword.submit')}</button></form>`,
    path: '/new-password',
    status,
    script: passwordScript,
  })
}

/** Why a link opens nothing: its holder reads the letters of the address, so the reason is told. */
export function sendGonePage(visit: Visit, code: string): void {
  const t = sayFor(visit)
  const { root } = visit.door
  if (code === 'link-often') return sendOftenPage(visit, '/new-password')
  const known = ['expired', 'used', 'revoked'].find((reason) => code === `link-${reason}`) ?? 'unknown'
  sendPage(visit, {
    title: t(`door.gone.${known}`),
    body: `<p class="lead">${t(`door.gone.${known}Text`)}</p><a class="button" href="${root}/forgot">${t('door.gone.again')}</a><a class="button plain" href="${root}/login">${t('door.forgot.back')}</a>`,
    path: '/new-password',
    status: known === 'unknown' ? 404 : 410,
  })
}

/** Too many links that do not exist came from this address: whether the present one does is not looked at. */
export function sendOftenPage(visit: Visit, path: string): void {
  const t = sayFor(visit)
  sendPage(visit, {
    title: t('door.gone.often'),
    body: `<p class="lead">${t('door.gone.oftenText')}</p><a class="button" href="${visit.door.root}/login">${t('door.forgot.back')}</a>`,
    path,
    status: 429,
  })
}
