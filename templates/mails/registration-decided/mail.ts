/** To a newcomer: the office has decided, and why. */
import { z } from 'zod'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { againAddress, signInAddress } from '../../../src/queries/mails/account-facts.ts'
import { registrationFacts, type RegistrationFacts } from '../../../src/queries/mails/registration-facts.ts'

type Data = Pick<RegistrationFacts, 'name' | 'state' | 'reason' | 'office' | 'place'> & { link: string }

const words = {
  ru: {
    approved: {
      subject: 'Регистрация подтверждена',
      heading: 'Личный кабинет открыт',
      lead: (name: string, place: string) =>
        `${name}, регистрация подтверждена. Теперь вы можете действовать от имени ${place}.`,
    },
    refused: {
      subject: 'В регистрации отказано',
      heading: 'В регистрации отказано',
      lead: (name: string, office: string) =>
        `${name}, ${office} не подтверждает, что вы можете действовать от имени организации.`,
    },
    reason: 'Причина',
    button: 'Войти в личный кабинет',
    again: 'Исправить и отправить снова',
    againHint: 'Если в заявке была ошибка, исправьте её: решение примут заново.',
    hint: 'Логин — адрес, на который пришло это письмо.',
    footer: (office: string) => `Письмо отправлено автоматически от имени ${office}.`,
  },
  en: {
    approved: {
      subject: 'Your registration is confirmed',
      heading: 'The cabinet is open',
      lead: (name: string, place: string) =>
        `${name}, your registration is confirmed. You may act for ${place} now.`,
    },
    refused: {
      subject: 'Your registration was refused',
      heading: 'Registration refused',
      lead: (name: string, office: string) =>
        `${name}, ${office} did not confirm that you may act for the organisation.`,
    },
    reason: 'Reason',
    button: 'Open the cabinet',
    again: 'Correct and send again',
    againHint: 'If something in your request was wrong, correct it: it will be decided anew.',
    hint: 'Your login is the address this letter came to.',
    footer: (office: string) => `Sent automatically on behalf of ${office}.`,
  },
} as const satisfies Record<Language, unknown>

export const registrationDecidedMail = defineMail('registration-decided', {
  params: z.object({ registrationId: z.int() }),
  async load({ registrationId }, { publicUrl }): Promise<Data | null> {
    const facts = await registrationFacts(registrationId)
    if (facts?.state !== 'approved' && facts?.state !== 'refused') return null
    const address = facts.state === 'approved' ? signInAddress('client', publicUrl) : againAddress(publicUrl)
    return { ...facts, link: address }
  },
  letter({ name, state, reason, office, place, link }, language) {
    const w = words[language]
    const isApproved = state === 'approved'
    const own = isApproved ? w.approved : w.refused
    const lead = own.lead(name, isApproved ? (place ?? office) : office)
    return {
      subject: own.subject,
      preheader: lead,
      heading: own.heading,
      blocks: [
        { kind: 'text', text: lead },
        // What the office wrote for itself when it agreed is its own; a refusal is owed to the person.
        ...(reason && !isApproved
          ? [{ kind: 'facts' as const, facts: [{ name: w.reason, value: reason }] }]
          : []),
        isApproved
          ? { kind: 'button' as const, label: w.button, href: link, hint: w.hint }
          : { kind: 'button' as const, label: w.again, href: link, hint: w.againHint },
      ],
      footer: w.footer(office),
    }
  },
  sample: {
    name: 'Кирилл',
    state: 'approved',
    reason: 'Доверенность проверена',
    office: 'ООО «Центр сертификации „Север“»',
    place: 'ООО «Экспертиза»',
    link: 'https://certdesk.example/cabinet/login',
  },
})
