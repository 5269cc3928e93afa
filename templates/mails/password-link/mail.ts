/** To the owner of an account: the one-time link by which they choose a password, the first or another. */
import { z } from 'zod'
import { formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { accountFacts, type AccountFacts } from '../../../src/queries/mails/account-facts.ts'

type Data = AccountFacts & { purpose: 'first' | 'reset'; link: string; expiresAt: Date }

const words = {
  ru: {
    first: {
      subject: 'Задайте пароль для входа в certdesk',
      heading: 'Учётная запись готова',
      lead: (name: string) =>
        `${name}, для вас создана учётная запись. Осталось задать пароль: его не знает никто, кроме вас.`,
      button: 'Задать пароль',
      note: 'Если вы не ждали этого письма, ничего не делайте: без пароля учётной записью не может пользоваться никто.',
    },
    reset: {
      subject: 'Новый пароль для входа в certdesk',
      heading: 'Задайте новый пароль',
      lead: (name: string) =>
        `${name}, кто-то попросил новый пароль для вашей учётной записи. Если это были вы, задайте его по ссылке.`,
      button: 'Задать новый пароль',
      note: 'Если это были не вы, ничего не делайте: прежний пароль действует, а ссылка без вас бесполезна.',
    },
    login: 'Логин',
    hint: (until: string) => `Ссылка действует до ${until} и открывается один раз. Не пересылайте её никому.`,
    footer: 'Письмо отправлено автоматически, потому что этот адрес указан как логин в certdesk.',
  },
  en: {
    first: {
      subject: 'Choose a password for certdesk',
      heading: 'Your account is ready',
      lead: (name: string) =>
        `${name}, an account was made for you. All that is left is a password, which nobody but you will know.`,
      button: 'Choose a password',
      note: 'If you did not expect this letter, do nothing: without a password nobody can use the account.',
    },
    reset: {
      subject: 'A new password for certdesk',
      heading: 'Choose a new password',
      lead: (name: string) =>
        `${name}, somebody asked for a new password to your account. If it was you, choose one by the link.`,
      button: 'Choose a new password',
      note: 'If it was not you, do nothing: the old password still works, and the link is useless without you.',
    },
    login: 'Login',
    hint: (until: string) =>
      `The link works until ${until} and opens once. Please do not forward it to anybody.`,
    footer: 'Sent automatically because this address is a login in certdesk.',
  },
} as const satisfies Record<Language, unknown>

const sample: Data = {
  name: 'Мария Сергеевна',
  email: 'm.orlova@polus.example',
  timezone: 'Europe/Moscow',
  side: 'client',
  purpose: 'first',
  link: 'https://certdesk.example/l/2301-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
  expiresAt: new Date('2026-12-03T07:35:00Z'),
}

export const passwordLinkMail = defineMail('password-link', {
  params: z.object({ linkId: z.int(), userId: z.int(), purpose: z.enum(['first', 'reset']) }),
  async load({ userId, purpose }, { linkAddress, linkExpiresAt }): Promise<Data | null> {
    const account = await accountFacts(userId)
    if (!account || !linkAddress || !linkExpiresAt) return null
    return { ...account, purpose, link: linkAddress, expiresAt: linkExpiresAt }
  },
  letter({ name, email, timezone, purpose, link, expiresAt }, language) {
    const w = words[language]
    const own = w[purpose]
    const until = formatExactMoment(expiresAt, timezone, language).slice(0, -3)
    return {
      subject: own.subject,
      preheader: own.lead(name),
      heading: own.heading,
      blocks: [
        { kind: 'text', text: own.lead(name) },
        { kind: 'facts', facts: [{ name: w.login, value: email }] },
        { kind: 'button', label: own.button, href: link, hint: w.hint(until) },
        { kind: 'note', tone: 'quiet', text: own.note },
      ],
      footer: w.footer,
    }
  },
  sample,
})
