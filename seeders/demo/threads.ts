/** Invented correspondence of the demo office: a question that waits, an answer nobody has read, a matter that is closed. */
import { randomUUID } from 'node:crypto'
import { Invoice } from '../../src/models/invoice.ts'
import { Membership } from '../../src/models/membership.ts'
import { Message } from '../../src/models/message.ts'
import { User } from '../../src/models/user.ts'
import { closeThread } from '../../src/operations/threads/arrange-thread.ts'
import { replyTemplateKeeping } from '../../src/operations/threads/keep-reply-templates.ts'
import { openThread } from '../../src/operations/threads/open-thread.ts'
import { readThread } from '../../src/operations/threads/read-thread.ts'
import { replyToThread } from '../../src/operations/threads/reply-to-thread.ts'
import type { Actor } from '../../src/policies/actor.ts'

type Who = 'head' | 'employee' | 'applicant' | 'operator'
type Said = readonly [who: Who, hoursAgo: number, text: string]
/** The card of the client, its invoice to pay, its paid one, or the writer's own business. */
type About = 'organisation' | 'issued' | 'paid' | 'person'
type Story = Readonly<{
  about: About
  title: string
  said: readonly Said[]
  isUnread?: true
  closedHoursAgo?: number
}>

const stories: readonly Story[] = [
  {
    about: 'paid',
    title: 'Когда будут закрывающие документы',
    said: [
      ['head', 96, 'Здравствуйте. Счёт оплатили, подскажите, когда ждать акт и лицензию?'],
      [
        'operator',
        94,
        'Здравствуйте, Павел Ильич. Бухгалтерия уже готовит УПД, документы появятся в кабинете на этой неделе.',
      ],
      ['head', 93, 'Спасибо, жду.'],
    ],
    closedHoursAgo: 92,
  },
  {
    about: 'organisation',
    title: 'Второе рабочее место',
    said: [
      ['employee', 27, 'Добрый день. Хотим поставить СКЗИ ещё на один компьютер. Нужна новая лицензия?'],
      [
        'operator',
        25,
        'Здравствуйте, Нина Павловна. Да, лицензия действует на одном рабочем месте. Закажите вторую в каталоге, счёт придёт в этот же день.',
      ],
    ],
  },
  {
    about: 'person',
    title: 'С чего начать сертификацию',
    said: [
      [
        'applicant',
        3,
        'Здравствуйте. Какие документы подготовить, чтобы подать заявку на сертификацию услуг?',
      ],
    ],
  },
  {
    about: 'organisation',
    title: 'График работы в праздники',
    said: [
      [
        'operator',
        2,
        'Здравствуйте. С 31 декабря по 8 января офис не работает. Счета и документы, которые нужны в этом году, закажите до 25 декабря.',
      ],
    ],
    isUnread: true,
  },
  {
    about: 'issued',
    title: 'Перевыставьте счёт на новый КПП',
    said: [
      ['head', 0.7, 'Здравствуйте. После переезда у нас изменился КПП, в счёте стоит прежний.'],
      ['head', 0.6, 'Свидетельство пришлю, как только получим. Оплатить хотим до конца недели.'],
    ],
  },
]

const templates = [
  [
    'Приняли в работу',
    'Здравствуйте, {имя}. Мы получили ваше сообщение и ответим сегодня до 18:00.\n\n{автор}',
  ],
  [
    'Счёт исправлен',
    'Здравствуйте, {имя}. Счёт № {номер} исправлен и лежит в вашем кабинете в разделе «Счета».\n\n{автор}',
  ],
  [
    'Нужны документы',
    'Здравствуйте, {имя}. Чтобы изменить данные организации «{организация}», приложите к ответу выписку или свидетельство.\n\n{автор}',
  ],
] as const

const hour = 3_600_000

/** Written by the people of the first demo client and its office. */
export async function writeThreads(operator: Actor, organisationId: number, now: Date): Promise<void> {
  for (const [title, body] of templates)
    await replyTemplateKeeping.create(
      { actor: operator, now },
      { values: { officeId: operator.officeId, title, body, language: 'ru' } },
    )
  const people: Record<Who, Actor> = {
    operator,
    head: await clientOf('client@certdesk.example', organisationId),
    employee: await clientOf('employee@certdesk.example', organisationId),
    applicant: await clientOf('applicant@certdesk.example', null),
  }
  for (const story of stories) await tell(story, people, organisationId, now)
}

async function clientOf(email: string, organisationId: number | null): Promise<Actor> {
  const user = await User.findOne({ where: { email }, rejectOnEmpty: true })
  const membership = await Membership.findOne({
    where: { userId: user.id, organisationId },
    rejectOnEmpty: true,
  })
  return {
    kind: 'user',
    id: user.id,
    name: `${user.name} ${user.surname}`,
    role: membership.role,
    officeId: membership.officeId,
    organisationId,
    language: user.language,
    timezone: user.timezone,
  }
}

async function subjectOf(about: About, organisationId: number, writer: Actor): Promise<number> {
  if (about === 'organisation') return organisationId
  if (about === 'person') return writer.id ?? 0
  const found = await Invoice.findOne({ where: { organisationId, state: about }, order: [['id', 'desc']] })
  if (!found) throw new Error(`the first demo client has no invoice that is ${about}`)
  return found.id
}

async function tell(
  { about, title, said, isUnread, closedHoursAgo }: Story,
  people: Record<Who, Actor>,
  organisationId: number,
  now: Date,
): Promise<void> {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * hour)
  const [[first, since, question] = ['head', 0, ''] as Said, ...rest] = said
  const writer = people[first]
  const { id: threadId } = await openThread(
    { actor: writer, now: at(since) },
    {
      subject: {
        kind: about === 'issued' || about === 'paid' ? 'invoice' : about,
        id: await subjectOf(about, organisationId, writer),
      },
      title,
      body: question,
      key: randomUUID(),
    },
  )
  for (const [who, hoursAgo, text] of rest)
    await replyToThread(
      { actor: people[who], now: at(hoursAgo) },
      { threadId, body: text, key: randomUUID() },
    )
  const last = await Message.findOne({ where: { threadId }, order: [['id', 'desc']], rejectOnEmpty: true })
  const hasAnswer = said.some(([who]) => who === 'operator')
  // Whoever was answered has read it, but for what the demo shows as new.
  if (hasAnswer && !isUnread)
    for (const actor of new Set([writer, people.operator]))
      await readThread({ actor, now: at((said.at(-1)?.[1] ?? 0) - 0.2) }, { threadId, messageId: last.id })
  if (closedHoursAgo !== undefined)
    await closeThread({ actor: people.operator, now: at(closedHoursAgo) }, { threadId })
}
