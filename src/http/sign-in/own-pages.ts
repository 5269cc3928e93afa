/** Pages of somebody who is signed in and must do one thing first: replace a password, set up a second factor, choose for whom to act. */
import { qrSvg } from '../../documents/qr.ts'
import type { Audience } from '../../domain/password-rules.ts'
import type { Place } from '../../queries/users/places.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, sendPage, wrongBy, type Said, type Visit } from './frame.ts'
import { newPasswordFields, passwordScript } from './password-fields.ts'

/** The way out of a page one did not want to be led to. */
const leave = (visit: Visit): string =>
  `<form method="post" action="${visit.door.root}/logout"><button class="plain">${sayFor(visit)('door.leave')}</button></form>`

type Forced = {
  email: string
  audience: Audience
  fault: Said | null
  isCurrentWrong: boolean
  status?: number
}

export function sendForcedPasswordPage(
  visit: Visit,
  { email, audience, fault, isCurrentWrong, status = 200 }: Forced,
): void {
  const t = sayFor(visit)
  const current = isCurrentWrong ? fault : null
  sendPage(visit, {
    title: t('door.newPassword.title'),
    body: `<p class="lead">${t('door.newPassword.forced')}</p><form method="post" action="${visit.door.root}/password">
<input type="email" autocomplete="username" value="${escape(email)}" readonly hidden>
<div class="field"><label for="current">${t('door.newPassword.current')}</label><input id="current" name="current" type="password" autocomplete="current-password" required autofocus maxlength="200"${wrongBy(current, 'current-fault')}>${faultOf(visit, current, 'current-fault')}</div>
${newPasswordFields(visit, audience, isCurrentWrong ? null : fault)}<button>${t('door.newPassword.change')}</button></form>${leave(visit)}`,
    path: '/password',
    status,
    script: passwordScript,
  })
}

/** The QR code is drawn here and the secret is told for phones that cannot read it. */
export function sendFactorPage(
  visit: Visit,
  {
    secret,
    address,
    fault,
    status = 200,
  }: { secret: string; address: string; fault: Said | null; status?: number },
): void {
  const t = sayFor(visit)
  const qr = `data:image/svg+xml,${encodeURIComponent(qrSvg(address))}`
  const spaced = secret.match(/.{1,4}/g)?.join(' ') ?? secret
  sendPage(visit, {
    title: t('door.factor.title'),
    body: `<p class="lead">${t('door.factor.required')}</p><p>${t('door.factor.scan')}</p><img class="qr" src="${qr}" width="184" height="184" alt="${t('door.factor.qr')}">
<details><summary>${t('door.factor.byHand')}</summary><code>${escape(spaced)}</code></details>
<form method="post" action="${visit.door.root}/second-factor">
<div class="field"><label for="code">${t('door.factor.field')}</label><input id="code" class="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"${wrongBy(fault)}>${faultOf(visit, fault)}</div>
<button>${t('door.factor.submit')}</button></form>${leave(visit)}`,
    path: '/second-factor',
    status,
    isWide: true,
  })
}

/** Shown this once; the file is in the page itself, so nothing is fetched and nothing is kept. */
export function sendCodesPage(visit: Visit, codes: readonly string[], email: string): void {
  const t = sayFor(visit)
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`certdesk, ${email}\r\n\r\n${codes.join('\r\n')}\r\n`)}`
  sendPage(visit, {
    title: t('door.codes.title'),
    body: `<p class="lead">${t('door.codes.lead')}</p><ul class="codes" lang="zxx">${codes.map((code) => `<li>${code}</li>`).join('')}</ul>
<a class="button plain" href="${file}" download="certdesk.txt">${t('door.codes.download')}</a>
<a class="button" style="margin-top:8px" href="${visit.door.root}">${t('door.codes.kept')}</a>`,
    path: null,
    isWide: true,
  })
}

/** A person of several organisations says for which of them they are here (S5-03). */
export function sendPlacePage(visit: Visit, places: readonly Place[]): void {
  const t = sayFor(visit)
  const choices = places
    .map(
      ({ membershipId, organisation, role, taxId }) =>
        `<button class="plain" name="membership" value="${membershipId}"><span>${escape(organisation ?? t('door.place.alone'))}<small>${t(`screens.roles.${role}`)}${taxId ? ` · ${escape(taxId)}` : ''}</small></span></button>`,
    )
    .join('')
  sendPage(visit, {
    title: t('door.place.title'),
    body: `<p class="lead">${t('door.place.lead')}</p><form class="places" method="post" action="${visit.door.root}/place">${choices}</form>${leave(visit)}`,
    path: '/place',
  })
}
