/** To somebody invited to act for an organisation or to apply to an office; the reminder is the same letter, shorter of time. */
import { z } from 'zod'
import { formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { invitationFacts, type InvitationFacts } from '../../../src/queries/mails/invitation-facts.ts'

type Data = InvitationFacts & { isReminder: boolean; link: string; expiresAt: Date }

const words = {
  ru: {
    subject: (place: string) => `Приглашение: ${place}`,
    reminder: (place: string) => `Приглашение скоро закончится: ${place}`,
    heading: 'Вас приглашают в личный кабинет',
    lead: {
      head: (name: string, place: string) =>
        `${name}, вас приглашают присоединиться к организации ${place} как её руководителя.`,
      employee: (name: string, place: string) =>
        `${name}, вас приглашают присоединиться к организации ${place}.`,
      applicant: (name: string, place: string) =>
        `${name}, орган по сертификации ${place} приглашает вас зарегистрировать личный кабинет заявителя.`,
    },
    inviter: 'Приглашает',
    office: 'Обслуживает',
    button: 'Принять приглашение',
    hint: (until: string) =>
      `Приглашение действительно для однократного использования и действует до ${until}.`,
    note: 'Если вы не знаете, о чём речь, ничего не делайте: без вас приглашение бесполезно.',
    footer: (office: string) => `Письмо отправлено автоматически от имени ${office}.`,
  },
  en: {
    subject: (place: string) => `Invitation: ${place}`,
    reminder: (place: string) => `Your invitation ends soon: ${place}`,
    heading: 'You are invited to the client cabinet',
    lead: {
      head: (name: string, place: string) => `${name}, you are invited to act for ${place} as its head.`,
      employee: (name: string, place: string) => `${name}, you are invited to act for ${place}.`,
      applicant: (name: string, place: string) =>
        `${name}, the certification body ${place} invites you to open an applicant's account.`,
    },
    inviter: 'Invited by',
    office: 'Served by',
    button: 'Accept the invitation',
    hint: (until: string) => `The invitation can be used once, until ${until}.`,
    note: 'If you do not know what this is about, do nothing: without you the invitation is useless.',
    footer: (office: string) => `Sent automatically on behalf of ${office}.`,
  },
} as const satisfies Record<Language, unknown>

export const invitationMail = defineMail('invitation', {
  params: z.object({ invitationId: z.int(), linkId: z.int(), isReminder: z.boolean() }),
  async load({ invitationId, isReminder }, { linkAddress, linkExpiresAt }): Promise<Data | null> {
    const facts = await invitationFacts(invitationId)
    if (!facts || !linkAddress || !linkExpiresAt) return null
    return { ...facts, isReminder, link: linkAddress, expiresAt: linkExpiresAt }
  },
  letter({ name, role, place, office, inviter, timezone, isReminder, link, expiresAt }, language) {
    const w = words[language]
    const lead = w.lead[role](name, place)
    const facts = [
      ...(inviter ? [{ name: w.inviter, value: inviter }] : []),
      ...(office === place ? [] : [{ name: w.office, value: office }]),
    ]
    return {
      subject: isReminder ? w.reminder(place) : w.subject(place),
      preheader: lead,
      heading: w.heading,
      blocks: [
        { kind: 'text', text: lead },
        ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
        {
          kind: 'button',
          label: w.button,
          href: link,
          hint: w.hint(formatExactMoment(expiresAt, timezone, language)),
        },
        { kind: 'note', tone: 'quiet', text: w.note },
      ],
      footer: w.footer(office),
    }
  },
  sample: {
    name: 'Нина Павловна',
    role: 'employee',
    place: 'ООО «Экспертиза»',
    office: 'ООО «Центр сертификации „Север“»',
    inviter: 'Павел Орлов',
    timezone: 'Europe/Moscow',
    isReminder: false,
    link: 'https://certdesk.example/l/2302-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
    expiresAt: new Date('2027-01-25T07:35:00Z'),
  },
})
