/** How strangers come in, in a real browser: by a link of the office, and by themselves in three countries. */
import test, { type ExecutionContext } from 'ava'
import { countries } from '../../src/domain/requisites/country.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser, type Window } from '../_support/browser.ts'
import { signIn, speak, take } from '../_support/page-steps.ts'
import { textsOf } from '../_support/words.ts'
import { confirm, operator, signedIn, windowFor } from './_desk.ts'
import { choosePassword, follow, letterTo, password, refused, seen } from './_doors.ts'
import { desk, phone } from './_look.ts'
import { agree, begin, enter, introduce, landOf, press, type Land, type Newcomer } from './_newcomers.ts'

const app = await startApp()
const browser = useBrowser()

/** The staff make a link and copy it; what they hand out. */
async function makeLink(
  t: ExecutionContext,
  language: 'ru' | 'en',
): Promise<{ staff: Window; link: string }> {
  const say = textsOf(language)
  const staff = await signedIn(t, browser, app, operator, { language })
  const { page } = staff
  await speak(page, language)
  await page.goto('/admin/resources/registration-links')
  await page
    .getByRole('button', { name: say.get('resources.registration-links.actions.new') ?? '' })
    .first()
    .click()
  await page
    .getByLabel(say.get('resources.registration-links.properties.title') ?? '')
    .fill(`Выставка, ${language}`)
  await seen(t, page, `link-form-${language}`)
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('action-copy').waitFor()
  await take(page, 'copy')
  const notice = page.getByText(/https?:\S+\/l\/[\w-]+/).first()
  const [link = ''] = /https?:\S+\/l\/[\w-]+/.exec(await notice.innerText()) ?? []
  await seen(t, page, `link-record-${language}`)
  return { staff, link }
}

/** What the letters must say: in Russian the words of the manual (S1-04, S1-05). */
const letters = {
  ru: {
    confirm: [
      'оставили заявку на регистрацию личного кабинета для прохождения сертификации у органа по сертификации',
      'ООО «Центр сертификации „Север“»',
      'Для дальнейшей регистрации и получения доступа в личный кабинет перейдите по ссылке',
    ],
    subjects: [/^Подтвердите адрес/, /^Задайте пароль/],
  },
  en: {
    confirm: [
      'you asked for an account, to be certified by the certification body ООО «Центр сертификации „Север“»',
    ],
    subjects: [/^Confirm your address/, /^Choose a password/],
  },
} as const

for (const { language, ...size } of [
  { language: 'ru', ...phone },
  { language: 'en', ...desk },
] as const)
  test.serial(
    `a stranger comes in by a link of the office, in ${language} at ${size.width} px`,
    async (t) => {
      t.timeout(600_000)
      const say = (key: string) => textsOf(language).get(key) ?? `no text ${key}`
      const { staff, link } = await makeLink(t, language)
      const stranger = await windowFor(t, browser, app, size)
      const { page, complaints, forgive } = stranger
      const email = `k.ryabov-${language}@client.example`
      await page.goto(link)
      t.false(page.url().includes('/l/'), 'the address that stays in the history opens nothing')
      await page.fill('#name', 'Кирилл')
      if (language === 'en') await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: say('door.join.title') }).waitFor()
      t.is(await page.inputValue('#name'), 'Кирилл', 'what was typed outlives the switch of languages')
      await page.fill('#surname', 'Рябов')
      await page.fill('#patronymic', 'Олегович')
      await page.fill('#email', 'k.ryabov@client')
      await press(page, say('door.join.submit'))
      await page.locator('#email-fault').waitFor()
      forgive(/400/)
      t.is(await page.inputValue('#surname'), 'Рябов')
      t.is(await page.inputValue('#patronymic'), 'Олегович')
      await seen(t, page, `join-${language}`)
      await page.fill('#email', email)
      await press(page, say('door.join.submit'))
      await page.getByRole('heading', { level: 1, name: say('door.join.sentTitle') }).waitFor()
      await seen(t, page, `join-sent-${language}`)

      const { confirm: words, subjects } = letters[language]
      const first = await letterTo(app, email, subjects[0])
      for (const piece of words) t.true(first.text?.replaceAll(/\s+/g, ' ').includes(piece), first.text)
      const confirmation = await follow(page, first)
      await seen(t, page, `join-confirm-${language}`)
      await press(page, say('door.confirm.submit'))
      await page.getByRole('heading', { level: 1, name: say('door.confirm.done') }).waitFor()
      await seen(t, page, `join-confirmed-${language}`)

      const passwordLink = await follow(page, await letterTo(app, email, subjects[1]))
      await choosePassword(t, page)
      await seen(t, page, `join-password-${language}`)
      await press(page, say('door.newPassword.submit'))
      await page.getByText(say('door.done.password')).waitFor()
      await page.fill('#email', email)
      await page.fill('#password', password)
      await page.press('#password', 'Enter')
      await page.waitForURL(/\/cabinet$/)
      await page.getByRole('heading', { level: 1, name: /Кирилл/ }).waitFor()
      await seen(t, page, `join-cabinet-${language}`)

      const title = say('door.gone.used')
      await refused(stranger, confirmation, { title, why: new RegExp(say('door.join.gone.used')) })
      await refused(stranger, passwordLink, { title, why: new RegExp(say('door.gone.usedText')) })
      await seen(t, page, `join-used-${language}`)

      await take(staff.page, 'revoke')
      await confirm(staff.page)
      await refused(stranger, link, {
        title: say('door.gone.revoked'),
        why: new RegExp(say('door.join.gone.revoked')),
      })
      t.deepEqual(complaints, [])
      t.deepEqual(staff.complaints, [])
    },
  )

/** Step 2 with a wrong number first: it is told beside the field, and nothing typed is lost on the way there and back. */
async function mistype(t: ExecutionContext, { page, forgive }: Window, land: Land): Promise<void> {
  await page.fill('#taxId', land.wrong)
  await page.getByLabel('Я являюсь сотрудником').check()
  if (land.country === 'RU') await page.fill('#kpp', '770101001')
  await press(page, 'Найти')
  await page.locator('#taxId-fault').getByText(land.fault).waitFor()
  forgive(/400/)
  await seen(t, page, 'register-wrong')
  t.is(await page.inputValue('#taxId'), land.wrong)
  t.true(await page.getByLabel('Я являюсь сотрудником').isChecked())
  if (land.country === 'RU') {
    t.is(await page.inputValue('#kpp'), '770101001')
    await page.fill('#kpp', '')
  }
  await page.getByLabel('Я являюсь сотрудником').uncheck()
}

const newcomer = ({ country }: Land, surname: string, name: string): Newcomer => ({
  surname,
  name,
  email:
    `${country}-${surname === 'Рябов' ? 'found' : surname === 'Лисова' ? 'typed' : 'claimed'}@client.example`.toLowerCase(),
})

/** Whose organisation is in the register: found by its number, approved by the office with a reason. */
async function found(t: ExecutionContext, land: Land, staff: Window): Promise<void> {
  const window = await windowFor(t, browser, app, land.country === 'KZ' ? desk : phone)
  const { page } = window
  const walk = { t, app, page, land }
  const person = newcomer(land, 'Рябов', 'Кирилл')
  await begin(walk)
  await mistype(t, window, land)
  await page.fill('#taxId', land.registered.taxId)
  await press(page, 'Найти')
  await page
    .getByRole('region', { name: /Найдено в реестре/ })
    .getByText(land.registered.name)
    .waitFor()
  await seen(t, page, 'register-found')
  await press(page, 'Далее')
  await introduce(walk, person)
  await page.getByText(land.registered.name).waitFor()
  await seen(t, page, 'register-agreement')
  t.regex(await agree(walk, person), /рассмотрит офис/)
  await enter(page, person)
  await page.getByText('Ждёт решения').waitFor()
  await page.getByText(land.registered.name).first().waitFor()
  await seen(t, page, 'register-waiting')

  await decide(t, staff, { person, verb: 'approve', reason: 'Доверенность № 4 проверена' })
  await letterTo(app, person.email, /^Регистрация подтверждена/)
  await page.goto('/cabinet')
  await page.locator('.cd-place').getByText(land.registered.name).first().waitFor()
  await seen(t, page, 'register-open')
  t.deepEqual(window.complaints, [])
}

/** Whose organisation is in no register: described in their own words, refused by the office with a reason. */
async function typed(t: ExecutionContext, land: Land, staff: Window): Promise<void> {
  const window = await windowFor(t, browser, app, land.country === 'KZ' ? desk : phone)
  const { page } = window
  const walk = { t, app, page, land }
  const person = newcomer(land, 'Лисова', 'Анна')
  await begin(walk)
  await page.fill('#taxId', land.unknown.taxId)
  await press(page, 'Найти')
  await page.getByText('В реестре такого номера нет').waitFor()
  await page.fill('#name', land.unknown.name)
  await page.fill('#headName', 'Лисова Анна Игоревна')
  await seen(t, page, 'register-typed')
  await press(page, 'Далее')
  await page.getByRole('heading', { level: 1, name: 'Кто вы' }).waitFor()
  await page.getByRole('link', { name: 'Назад' }).click()
  t.is(await page.inputValue('#taxId'), land.unknown.taxId)
  t.is(await page.inputValue('#name'), land.unknown.name)
  t.is(await page.inputValue('#headName'), 'Лисова Анна Игоревна')
  await press(page, 'Далее')
  await introduce(walk, person)
  await agree(walk, person)
  await enter(page, person)
  await page.getByText('Ждёт решения').waitFor()

  const reason = 'Организация с таким номером не найдена, пришлите устав.'
  await decide(t, staff, { person, verb: 'refuse', reason })
  const letter = await letterTo(app, person.email, /^В регистрации отказано/)
  t.true(letter.text?.includes(reason), letter.text)
  await page.goto('/cabinet')
  await page.getByText('Отказано').waitFor()
  await page.getByText(reason).waitFor()
  await seen(t, page, 'register-refused')
  t.deepEqual(window.complaints, [])
}

type Decision = { person: Newcomer; verb: 'approve' | 'refuse'; reason: string }

async function decide(
  t: ExecutionContext,
  { page }: Window,
  { person, verb, reason }: Decision,
): Promise<void> {
  await page.goto('/admin/resources/registrations')
  await page.getByTestId('chip-waiting').click()
  await page.locator('tr[data-id]', { hasText: person.email }).getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: `${person.surname} ${person.name}` }).waitFor()
  if (verb === 'refuse') await page.getByText('Наименование: ').waitFor()
  await seen(t, page, `registration-${verb}`)
  await take(page, verb)
  await page.getByRole('dialog').locator('textarea').fill(reason)
  await confirm(page)
  await page
    .locator('.cd-head .cd-state', { hasText: verb === 'approve' ? 'Подтверждена' : 'Отказано' })
    .waitFor()
}

/** Who claims to work at a client of the office: its head decides, in the cabinet. */
async function claimed(t: ExecutionContext, land: Land): Promise<void> {
  const window = await windowFor(t, browser, app, land.country === 'KZ' ? desk : phone)
  const { page } = window
  const walk = { t, app, page, land }
  const person = newcomer(land, 'Зимин', 'Глеб')
  await begin(walk)
  await page.fill('#taxId', land.known.taxId)
  await page.getByLabel('Я являюсь сотрудником').check()
  await press(page, 'Найти')
  // Who the clients of the office are is told to nobody: the register does not know this one.
  await page.fill('#name', land.known.name)
  await press(page, 'Далее')
  await introduce(walk, person)
  t.regex(await agree(walk, person), /решение за её руководителем/)
  await enter(page, person)
  await page.getByText('Ждёт решения').waitFor()
  await page.getByText('руководитель организации').waitFor()

  const isWanted = land.country !== 'KZ'
  const head = await windowFor(t, browser, app, land.country === 'KZ' ? phone : desk)
  await signIn(head.page, land.head.email, land.head.password, '/cabinet')
  await head.page.getByText('Глеб Зимин хочет действовать от имени организации').first().waitFor()
  await letterTo(app, land.head.email, /^Глеб Зимин хочет действовать/)
  await seen(t, head.page, 'head-asked')
  await head.page.goto('/cabinet/pages/people')
  const row = head.page.locator('.cd-person', { hasText: 'Зимин Глеб' })
  await row.getByRole('button', { name: isWanted ? 'Принять' : 'Отказать' }).click()
  if (!isWanted) {
    await head.page.getByRole('dialog').locator('textarea').fill('У нас такой не работает.')
    await confirm(head.page)
  }
  await row.getByText(isWanted ? 'Действует' : 'Отказано').waitFor()
  await seen(t, head.page, 'head-decided')
  await letterTo(app, person.email, isWanted ? /^Вы можете действовать/ : /не принимает вашу заявку/)

  await page.goto('/cabinet')
  if (isWanted) await page.locator('.cd-place').getByText(land.known.name).first().waitFor()
  else await page.getByText('У нас такой не работает.').waitFor()
  await seen(t, page, 'register-decided')
  t.deepEqual(window.complaints, [])
  t.deepEqual(head.complaints, [])
}

for (const country of countries)
  test.serial(
    `newcomers of ${country} are found in the register, describe themselves, or claim a place; somebody decides about each`,
    async (t) => {
      t.timeout(900_000)
      const land = await landOf(country)
      const staff = await windowFor(t, browser, app)
      await signIn(staff.page, land.operator.email, land.operator.password)
      await staff.page.getByRole('heading', { level: 1 }).waitFor()
      await speak(staff.page, 'ru')
      await found(t, land, staff)
      await typed(t, land, staff)
      await claimed(t, land)
      t.deepEqual(staff.complaints, [])
    },
  )
