/** People on their way into the demo offices: by a link of the office, by themselves, by an invitation. */
import { addDays } from '../../src/domain/calendar.ts'
import { AccessLink } from '../../src/models/access-link.ts'
import { Mail } from '../../src/models/mail.ts'
import { Registration } from '../../src/models/registration.ts'
import { invitePerson, revokeInvitation } from '../../src/operations/invitations/invite-person.ts'
import { linkAddress } from '../../src/operations/links/personal-links.ts'
import { confirmRegistration } from '../../src/operations/registrations/confirm-registration.ts'
import { acceptMail, beginMail, prepareMail } from '../../src/operations/mails/send-mail.ts'
import {
  makeRegistrationLink,
  revokeRegistrationLink,
} from '../../src/operations/registrations/registration-links.ts'
import { registerByLink, registerSelf } from '../../src/operations/registrations/request-registration.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { currentAgreement } from '../../src/queries/registrations/offices.ts'
import { hashPassword } from '../../src/passwords.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { demoPassword } from './logins.ts'

const hour = 3_600_000

/** The letter has gone long ago; what became of the person afterwards takes nothing of it back. */
async function letterWent(recipient: string, subject: string, now: Date): Promise<void> {
  const context = systemContext('mail.send', now)
  const { id: mailId } = await Mail.findOne({ where: { recipient, state: 'waiting' }, rejectOnEmpty: true })
  await prepareMail(context, { mailId })
  await beginMail(context, { mailId, subject, messageId: `<demo-${mailId}@certdesk.example>` })
  await acceptMail(context, { mailId, serverReply: '250 OK' })
}

/** What a letter would carry. */
async function tokenOf(purpose: AccessLink['purpose'], subjectId: number): Promise<string> {
  const link = await AccessLink.findOne({ where: { purpose, subjectId }, rejectOnEmpty: true })
  return linkAddress(link).split('/').at(-1) ?? ''
}

/** Links to register by; one person used the open one and has yet to confirm the mailbox. */
async function openLinks(operator: Actor, now: Date): Promise<void> {
  const context = { actor: operator, now }
  const open = await makeRegistrationLink(context, { values: { title: 'Заявители с сайта' } })
  const closed = await makeRegistrationLink(context, { values: { title: 'Семинар для заявителей' } })
  await revokeRegistrationLink(context, { linkId: closed.id })
  await registerByLink(systemContext('registration', now), {
    token: await tokenOf('registration', open.id),
    email: 'vetrov@zayavitel.example',
    surname: 'Ветров',
    name: 'Максим',
    patronymic: 'Андреевич',
    language: 'ru',
  })
}

/** The head of a firm nobody knows yet: the mailbox is confirmed, the office has to decide. */
async function comeAlone(officeId: number, now: Date): Promise<void> {
  const agreement = await currentAgreement('ru')
  if (!agreement) throw new Error('the reference data holds no agreement')
  const context = systemContext('registration', now)
  const email = 'larina@kedr.example'
  await registerSelf(context, {
    officeId,
    country: 'RU',
    subject: 'organisation',
    isSubjectOfAccreditation: false,
    taxId: '5410123453',
    kpp: '541001001',
    details: {
      name: 'ООО «Сибирский кедр»',
      legalAddress: '630110, г. Новосибирск, ул. Народная, д. 12',
      headName: 'Ларина Ольга Викторовна',
      headPosition: 'Директор',
    },
    source: 'typed',
    email,
    surname: 'Ларина',
    name: 'Ольга',
    patronymic: 'Викторовна',
    language: 'ru',
    passwordHash: await hashPassword(demoPassword),
    agreementId: agreement.id,
    address: '203.0.113.17',
  })
  await letterWent(email, 'Подтвердите адрес для личного кабинета', now)
  const registration = await Registration.findOne({ where: { email }, rejectOnEmpty: true })
  await confirmRegistration(context, { token: await tokenOf('registration_confirm', registration.id) })
}

type Clients = readonly { organisation: { id: number } }[]

/** Letters to people of two clients, and one that was a mistake. */
async function invite(operator: Actor, clients: Clients, now: Date): Promise<void> {
  const context = { actor: operator, now }
  const place = (index: number) => ({ organisationId: clients[index]?.organisation.id ?? null })
  await invitePerson(context, {
    values: {
      ...place(0),
      role: 'employee',
      email: 'golubev@ekspertiza.example',
      surname: 'Голубев',
      name: 'Роман',
      patronymic: 'Игоревич',
    },
  })
  await invitePerson(context, {
    values: {
      ...place(1),
      role: 'head',
      email: 'belov@polus-service.example',
      surname: 'Белов',
      name: 'Артём',
    },
  })
  const mistake = await invitePerson(context, {
    values: {
      ...place(4),
      role: 'head',
      email: 'ershova@granit.exampel.example',
      surname: 'Ершова',
      name: 'Марина',
    },
  })
  await letterWent(mistake.email, 'Приглашение: ООО «Гранит»', now)
  await revokeInvitation(context, { invitationId: mistake.id })
}

/** @param operator of the office the people come to */
export async function bringNewcomers(
  { operator, clients }: { operator: Actor; clients: Clients },
  now: Date,
): Promise<void> {
  await openLinks(operator, new Date(addDays(now.toISOString().slice(0, 10), -2)))
  await comeAlone(operator.officeId ?? 0, new Date(now.getTime() - 3 * hour))
  await invite(operator, clients, new Date(now.getTime() - 20 * hour))
}
