/** To the owner of an account whose address somebody registered again: the page told nobody that it is known. */
import { z } from 'zod'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { accountFacts, signInAddress, type AccountFacts } from '../../../src/queries/mails/account-facts.ts'

type Data = AccountFacts & { link: string }

const words = {
  ru: {
    subject: 'У вас уже есть учётная запись',
    heading: 'Учётная запись уже есть',
    lead: (name: string) =>
      `${name}, кто-то заполнил регистрацию с вашим адресом. Учётная запись с ним уже есть, поэтому новая не создана.`,
    button: 'Войти',
    hint: 'Если пароль забыт, на странице входа есть «Забыли пароль?».',
    note: 'Если это были не вы, ничего не делайте: о вашей учётной записи никто ничего не узнал.',
    footer: 'Письмо отправлено автоматически, потому что этот адрес указан как логин в certdesk.',
  },
  en: {
    subject: 'You have an account already',
    heading: 'There is an account already',
    lead: (name: string) =>
      `${name}, somebody filled in a registration with your address. It has an account already, so no other was made.`,
    button: 'Sign in',
    hint: 'If you forgot the password, the sign-in page helps.',
    note: 'If it was not you, do nothing: nobody has learned anything about your account.',
    footer: 'Sent automatically because this address is a login in certdesk.',
  },
} as const satisfies Record<Language, unknown>

export const registrationKnownMail = defineMail('registration-known', {
  params: z.object({ userId: z.int() }),
  async load({ userId }, { publicUrl }): Promise<Data | null> {
    const account = await accountFacts(userId)
    if (!account) return null
    return { ...account, link: signInAddress(account.side, publicUrl) }
  },
  letter({ name, link }, language) {
    const w = words[language]
    return {
      subject: w.subject,
      preheader: w.lead(name),
      heading: w.heading,
      blocks: [
        { kind: 'text', text: w.lead(name) },
        { kind: 'button', label: w.button, href: link, hint: w.hint },
        { kind: 'note', tone: 'quiet', text: w.note },
      ],
      footer: w.footer,
    }
  },
  sample: {
    name: 'Мария Сергеевна',
    email: 'm.orlova@polus.example',
    timezone: 'Europe/Moscow',
    side: 'client',
    link: 'https://certdesk.example/cabinet/login',
  },
})
