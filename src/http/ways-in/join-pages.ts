/** The pages of a registration by link: who are you, look into your mailbox, confirm, and what comes next. */
import type { FieldFaults } from '../../domain/errors.ts'
import type { Next } from '../../operations/registrations/confirm-registration.ts'
import { faultOf, sayFor, sendPage, typedForm, type Said, type Visit } from '../sign-in/frame.ts'
import { sendOftenPage } from '../sign-in/recovery-pages.ts'
import { personFields, type TypedPerson } from './person-fields.ts'

type Join = { office: string; typed: TypedPerson; faults: FieldFaults; said?: Said; status?: number }

export function sendJoinPage(visit: Visit, { office, typed, faults, said, status = 200 }: Join): void {
  const t = sayFor(visit)
  sendPage(visit, {
    title: t('door.join.title'),
    body: `<p class="lead">${t('door.join.lead', { office })}</p><form id="${typedForm}" method="post" action="${visit.door.root}/join">
${personFields(visit, typed, faults)}${faultOf(visit, said ?? null)}<button>${t('door.join.submit')}</button></form>`,
    path: '/join',
    keepsTyped: true,
    foot: `<a href="${visit.door.root}/login">${t('door.join.known')}</a>`,
    status,
  })
}

/** The same for every address: it tells nobody who is registered. */
export function sendMailSent(visit: Visit, email: string): void {
  const t = sayFor(visit)
  sendPage(visit, {
    title: t('door.join.sentTitle'),
    body: `<p class="lead">${t('door.join.sent', { email })}</p><p>${t('door.join.sentHint')}</p>`,
    path: null,
  })
}

export function sendConfirmPage(visit: Visit, email: string): void {
  const t = sayFor(visit)
  sendPage(visit, {
    title: t('door.confirm.title'),
    body: `<p class="lead">${t('door.confirm.lead', { email })}</p><form method="post" action="${visit.door.root}/confirm"><button>${t('door.confirm.submit')}</button></form>`,
    path: '/confirm',
  })
}

export function sendConfirmed(visit: Visit, next: Next): void {
  const t = sayFor(visit)
  const mayEnter = next !== 'password'
  sendPage(visit, {
    title: t('door.confirm.done'),
    body: `<p class="lead">${t(`door.confirm.next.${next}`)}</p>${mayEnter ? `<a class="button" href="${visit.door.root}/login">${t('door.confirm.enter')}</a>` : ''}`,
    path: null,
  })
}

/** Why a link opens nothing; its holder was given it, so the reason is told. */
export function sendLinkGone(visit: Visit, code: string, path: '/join' | '/confirm'): void {
  const t = sayFor(visit)
  if (code === 'link-often') return sendOftenPage(visit, path)
  const known = ['expired', 'used', 'revoked'].find((reason) => code === `link-${reason}`) ?? 'unknown'
  sendPage(visit, {
    title: t(`door.gone.${known}`),
    body: `<p class="lead">${t(`door.join.gone.${known}`)}</p><a class="button" href="${visit.door.root}/login">${t('door.forgot.back')}</a>`,
    path,
    status: known === 'unknown' ? 404 : 410,
  })
}
