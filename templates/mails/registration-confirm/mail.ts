/** To somebody who asked for an account: the address has to be confirmed first (S1-04, in the manual's words). */
import { z } from 'zod'
import { formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { registrationFacts, type RegistrationFacts } from '../../../src/queries/mails/registration-facts.ts'

type Data = Pick<RegistrationFacts, 'name' | 'way' | 'office' | 'timezone'> & {
  link: string
  expiresAt: Date
}

const words = {
  ru: {
    subject: 'Подтвердите адрес для личного кабинета',
    heading: 'Регистрация личного кабинета',
    lead: {
      link: (name: string, office: string) =>
        `${name}, вы оставили заявку на регистрацию личного кабинета для прохождения сертификации у органа по сертификации ${office}.`,
      self: (name: string, office: string) =>
        `${name}, вы оставили заявку на регистрацию личного кабинета. Её рассмотрит ${office}.`,
    },
    next: {
      link: 'Для дальнейшей регистрации и получения доступа в личный кабинет перейдите по ссылке. После подтверждения на эту же почту придёт ссылка, по которой вы зададите пароль.',
      self: 'Для дальнейшей регистрации перейдите по ссылке и подтвердите адрес.',
    },
    button: 'Подтвердить адрес',
    hint: (until: string) => `Ссылка действует до ${until} и открывается один раз.`,
    note: 'Если вы не регистрировались, ничего не делайте: без подтверждения учётная запись не появится.',
    footer: (office: string) => `Письмо отправлено автоматически от имени ${office}.`,
  },
  en: {
    subject: 'Confirm your address for the client cabinet',
    heading: 'Registration of a client account',
    lead: {
      link: (name: string, office: string) =>
        `${name}, you asked for an account, to be certified by the certification body ${office}.`,
      self: (name: string, office: string) => `${name}, you asked for an account. ${office} will look at it.`,
    },
    next: {
      link: 'To go on, follow the link. After that a second letter brings a link by which you choose a password.',
      self: 'To go on, follow the link and confirm the address.',
    },
    button: 'Confirm the address',
    hint: (until: string) => `The link works once, until ${until}.`,
    note: 'If it was not you, do nothing: without confirmation there will be no account.',
    footer: (office: string) => `Sent automatically on behalf of ${office}.`,
  },
} as const satisfies Record<Language, unknown>

const sample: Data = {
  name: 'Кирилл',
  way: 'link',
  office: 'ООО «Центр сертификации „Север“»',
  timezone: 'Europe/Moscow',
  link: 'https://certdesk.example/l/2303-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
  expiresAt: new Date('2026-11-29T07:35:00Z'),
}

export const registrationConfirmMail = defineMail('registration-confirm', {
  params: z.object({ registrationId: z.int(), linkId: z.int() }),
  async load({ registrationId }, { linkAddress, linkExpiresAt }): Promise<Data | null> {
    const facts = await registrationFacts(registrationId)
    if (facts?.state !== 'unconfirmed' || !linkAddress || !linkExpiresAt) return null
    return { ...facts, link: linkAddress, expiresAt: linkExpiresAt }
  },
  letter({ name, way, office, timezone, link, expiresAt }, language) {
    const w = words[language]
    const until = formatExactMoment(expiresAt, timezone, language).slice(0, -3)
    return {
      subject: w.subject,
      preheader: w.lead[way](name, office),
      heading: w.heading,
      blocks: [
        { kind: 'text', text: w.lead[way](name, office) },
        { kind: 'text', text: w.next[way] },
        { kind: 'button', label: w.button, href: link, hint: w.hint(until) },
        { kind: 'note', tone: 'quiet', text: w.note },
      ],
      footer: w.footer(office),
    }
  },
  sample,
})
