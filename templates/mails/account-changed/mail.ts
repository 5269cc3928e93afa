/** To the owner of an account: what opens it has changed, and what to do if it was not them. */
import { z } from 'zod'
import { formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { accountFacts, type AccountFacts } from '../../../src/queries/mails/account-facts.ts'

const changes = [
  'password',
  'factor-on',
  'factor-off',
  'factor-reset',
  'codes-renewed',
  'passkey-added',
  'passkey-removed',
] as const

type Data = AccountFacts & { change: (typeof changes)[number]; at: Date }

const words = {
  ru: {
    what: {
      password: ['Пароль изменён', 'Пароль вашей учётной записи изменён. Остальные сеансы завершены.'],
      'factor-on': [
        'Второй фактор включён',
        'Теперь при входе кроме пароля нужен код из приложения на телефоне.',
      ],
      'factor-off': ['Второй фактор выключен', 'Теперь для входа достаточно пароля.'],
      'factor-reset': [
        'Второй фактор снят администратором',
        'Код из приложения и ключи доступа больше не действуют. Войдите с паролем и настройте их заново.',
      ],
      'codes-renewed': ['Резервные коды заменены', 'Прежние резервные коды больше не действуют.'],
      'passkey-added': [
        'Добавлен ключ доступа',
        'Теперь в вашу учётную запись можно войти новым ключом доступа.',
      ],
      'passkey-removed': ['Ключ доступа удалён', 'Войти этим ключом доступа больше нельзя.'],
    },
    login: 'Логин',
    when: 'Когда',
    note: 'Если это были не вы, задайте новый пароль по ссылке «Забыли пароль?» на странице входа и напишите администратору.',
    footer: 'Письмо отправлено автоматически, чтобы о важной перемене вы узнали первыми.',
  },
  en: {
    what: {
      password: [
        'Your password was changed',
        'The password of your account was changed. Other sessions have ended.',
      ],
      'factor-on': [
        'The second factor is on',
        'Signing in now takes a code from the application on your phone besides the password.',
      ],
      'factor-off': ['The second factor is off', 'The password alone is now enough to sign in.'],
      'factor-reset': [
        'An administrator took off your second factor',
        'Codes of the application and passkeys no longer work. Sign in with the password and set them up anew.',
      ],
      'codes-renewed': ['Recovery codes were replaced', 'The earlier recovery codes no longer work.'],
      'passkey-added': ['A passkey was added', 'Your account can now be opened with a new passkey.'],
      'passkey-removed': ['A passkey was removed', 'That passkey no longer opens your account.'],
    },
    login: 'Login',
    when: 'When',
    note: 'If it was not you, choose a new password by “Forgot your password?” on the sign-in page and write to the administrator.',
    footer: 'Sent automatically so that you hear of such a change first.',
  },
} as const satisfies Record<Language, unknown>

const sample: Data = {
  name: 'Мария Сергеевна',
  email: 'm.orlova@polus.example',
  timezone: 'Europe/Moscow',
  side: 'client',
  change: 'password',
  at: new Date('2026-11-26T07:35:00Z'),
}

export const accountChangedMail = defineMail('account-changed', {
  params: z.object({ userId: z.int(), change: z.enum(changes), at: z.iso.datetime() }),
  async load({ userId, change, at }): Promise<Data | null> {
    const account = await accountFacts(userId)
    return account && { ...account, change, at: new Date(at) }
  },
  letter({ email, timezone, change, at }, language) {
    const w = words[language]
    const [heading, text] = w.what[change]
    return {
      subject: `certdesk: ${heading}`,
      preheader: text,
      heading,
      blocks: [
        { kind: 'text', text },
        {
          kind: 'facts',
          facts: [
            { name: w.login, value: email },
            { name: w.when, value: formatExactMoment(at, timezone, language).slice(0, -3) },
          ],
        },
        { kind: 'note', tone: 'warn', text: w.note },
      ],
      footer: w.footer,
    }
  },
  sample,
})
