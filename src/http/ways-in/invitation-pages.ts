/** What an invited person sees: who invites them where, what an account needs, or why the invitation opens nothing. */
import { formatExactMoment } from '../../domain/date-format.ts'
import type { InvitationFacts } from '../../queries/mails/invitation-facts.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, sendPage, typedForm, wrongBy, type Said, type Visit } from '../sign-in/frame.ts'
import { newPasswordFields, passwordScript } from '../sign-in/password-fields.ts'
import { sendOftenPage } from '../sign-in/recovery-pages.ts'

export type Typed = Readonly<{ surname: string; name: string; patronymic: string }>

type Page = Readonly<{
  facts: InvitationFacts
  email: string
  expiresAt: Date
  hasAccount: boolean
  typed: Typed
  nameFault?: Said
  fault?: Said
  status?: number
}>

export function sendInvitationPage(visit: Visit, page: Page): void {
  const { facts, email, expiresAt, hasAccount, typed, nameFault = null, fault = null, status = 200 } = page
  const t = sayFor(visit)
  const until = formatExactMoment(expiresAt, facts.timezone, visit.language).slice(0, -3)
  const lead = t(`door.invitation.lead.${facts.role}`, { place: facts.place, office: facts.office })
  const nameField = (name: keyof Typed, isRequired: boolean) => {
    const own = name === 'surname' ? nameFault : null
    return `<div class="field"><label for="${name}">${t(`door.invitation.${name}`)}</label><input id="${name}" name="${name}" value="${escape(typed[name])}" maxlength="100"${isRequired ? ' required' : ''}${wrongBy(own, 'name-fault')}>${faultOf(visit, own, 'name-fault')}</div>`
  }
  const account = `<div class="field"><label for="login">${t('door.newPassword.login')}</label><input id="login" type="email" autocomplete="username" value="${escape(email)}" readonly></div>`
  const opening = `${nameField('surname', true)}${nameField('name', true)}${nameField('patronymic', false)}${account}${newPasswordFields(visit, 'client', fault, true)}`
  sendPage(visit, {
    title: t('door.invitation.title'),
    body: `<p class="lead">${lead}</p>${facts.inviter ? `<p>${t('door.invitation.inviter', { name: facts.inviter })}</p>` : ''}
<form id="${typedForm}" method="post" action="${visit.door.root}/invitation">${hasAccount ? `<p>${t('door.invitation.known', { email })}</p>` : opening}<button>${t('door.invitation.submit')}</button></form>
<p class="hint">${t('door.invitation.until', { until })}</p>`,
    path: '/invitation',
    keepsTyped: true,
    status,
    ...(!hasAccount && { script: passwordScript }),
  })
}

/** Why it opens nothing, and who can send another. */
export function sendInvitationGone(visit: Visit, code: string): void {
  const t = sayFor(visit)
  if (code === 'link-often') return sendOftenPage(visit, '/invitation')
  const known = ['expired', 'used', 'revoked'].find((reason) => code === `link-${reason}`) ?? 'unknown'
  sendPage(visit, {
    title: t(`door.invitation.gone.${known}`),
    body: `<p class="lead">${t(`door.invitation.gone.${known}Text`)}</p><a class="button" href="${visit.door.root}/login">${t('door.forgot.back')}</a>`,
    path: '/invitation',
    status: known === 'unknown' ? 404 : 410,
  })
}
