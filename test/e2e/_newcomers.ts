/** People who register by themselves in three countries, step by step, and where their wish arrives. */
import type { ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import type { Country } from '../../src/domain/requisites/country.ts'
import { checkTaxId } from '../../src/domain/requisites.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { row } from '../../src/queries/rows.ts'
import type { App } from '../_support/app.ts'
import {
  buildClient,
  buildOffice,
  buildOrganisation,
  buildUser,
  testPassword,
} from '../_support/factories.ts'
import { choosePassword, follow, letterTo, password, seen } from './_doors.ts'

type Login = Readonly<{ email: string; password: string }>

/** A country as newcomers meet it: its words, an office, a client of it with a head, and a filled register. */
export type Land = Readonly<{
  country: Country
  name: string
  /** What is wrong with {@link wrong}, beside its field. */
  fault: RegExp
  wrong: string
  /** In the register. */
  registered: Readonly<{ taxId: string; name: string }>
  /** In no register. */
  unknown: Readonly<{ taxId: string; name: string }>
  /** A client of the office. */
  known: Readonly<{ taxId: string; name: string }>
  operator: Login
  head: Login
}>

/** The number with the last digit that makes it a right one of an organisation. */
function rightTaxId(country: Country, body: string): string {
  const found = [...'0123456789'].find(
    (digit) => checkTaxId(body + digit, { country, kind: 'legal' }).fault === null,
  )
  if (found === undefined) throw new Error(`${body} has no right last digit in ${country}`)
  return body + found
}

const lands = {
  RU: {
    name: 'Россия',
    wrong: '1234567890',
    fault: /Контрольная цифра ИНН/,
    registered: ['770000100', 'ООО «Найдено в реестре»'],
    unknown: ['770000200', 'ООО «Новое дело»'],
    office: { name: 'ООО «Центр сертификации „Север“»', operator: 'operator@certdesk.example' },
    client: 'ООО «Экспертиза»',
  },
  KZ: {
    name: 'Казахстан',
    wrong: '123456789012',
    fault: /БИН — это 12 цифр/,
    registered: ['14054001234', 'ТОО «Тізілім»'],
    unknown: ['14064001234', 'ТОО «Жаңа іс»'],
    office: { name: 'ТОО «Алатау-Серт»', operator: 'operator.kz@certdesk.example' },
    client: 'ТОО «Қазақ Стандарт»',
  },
  BY: {
    name: 'Беларусь',
    wrong: '123456789',
    fault: /Контрольная цифра УНП/,
    registered: ['19000050', 'ООО «Белреестр»'],
    unknown: ['19000020', 'ООО «Новое поле»'],
    office: null,
    client: null,
  },
} as const

/** The demo has no office in Belarus: one is founded there, as an administrator would. */
async function officeOf(country: Country): Promise<{ operator: Login; client: Organisation }> {
  const { office, client } = lands[country]
  if (office)
    return {
      operator: { email: office.operator, password: demoPassword },
      client: await Organisation.findOne({ where: { name: client }, rejectOnEmpty: true }),
    }
  const own = { country, kpp: null, registrationNumber: null, phone: '+375172001020' }
  const founded = await buildOffice({
    ...own,
    name: 'ООО «Минск-Серт»',
    taxId: rightTaxId(country, '19000030'),
    timezone: 'Europe/Minsk',
  })
  const { email } = await buildUser({ office: founded })
  const first = await buildOrganisation({
    ...own,
    office: founded,
    name: 'ОАО «Полесье»',
    taxId: rightTaxId(country, '19000040'),
  })
  return { operator: { email, password: testPassword }, client: first }
}

async function fillRegister(country: Country, { taxId, name }: Land['registered']): Promise<void> {
  const made = await row<{ id: number }>(
    `insert into register_imports (country, as_of, file_name, file_size, file_sha256, shape, state, rows_added)
     values ($country, '2026-11-01', 'register.csv', 1, repeat('0', 64), '{}', 'done', 1) returning id`,
    { country },
  )
  await row(
    `insert into register_organisations
       (country, tax_id, kpp, kind, name, address, head_name, head_position, state, as_of, import_id)
     values ($country, $taxId, $kpp, 'legal', $name, 'ул. Тестовая, д. 1', 'Рябов Кирилл Олегович', 'Директор',
       'active', '2026-11-01', $importId) returning id`,
    { country, taxId, name, kpp: country === 'RU' ? '770001001' : null, importId: made?.id },
  )
}

export async function landOf(country: Country): Promise<Land> {
  const { name, wrong, fault, registered, unknown } = lands[country]
  const { operator, client } = await officeOf(country)
  const { user } = await buildClient({ organisation: client })
  const land = {
    country,
    name,
    wrong,
    fault,
    operator,
    head: { email: user.email, password: testPassword },
    registered: { taxId: rightTaxId(country, registered[0]), name: registered[1] },
    unknown: { taxId: rightTaxId(country, unknown[0]), name: unknown[1] },
    known: { taxId: client.taxId ?? '', name: client.name },
  }
  await fillRegister(country, land.registered)
  return land
}

export type Newcomer = Readonly<{ surname: string; name: string; email: string }>
export type Walk = Readonly<{ t: ExecutionContext; app: App; page: Page; land: Land }>

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Step 1: from the sign-in page, where from and as what. */
export async function begin({ t, page, land }: Walk): Promise<void> {
  await page.goto('/cabinet/login')
  await page.getByRole('link', { name: 'Зарегистрироваться' }).click()
  await page.getByLabel(land.name, { exact: true }).check()
  await seen(t, page, 'register-kind')
  await press(page, 'Далее')
  await page.getByRole('heading', { level: 1, name: 'От чьего имени' }).waitFor()
}

/** Step 3: who, with a password whose rules are ticked off while it is typed. */
export async function introduce({ t, page }: Walk, { surname, name, email }: Newcomer): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Кто вы' }).waitFor()
  await page.fill('#surname', surname)
  await page.fill('#name', name)
  await page.fill('#email', email)
  await choosePassword(t, page)
  await seen(t, page, 'register-person')
  await press(page, 'Далее')
}

/** Step 4, the letter, and the press that confirms the address; what the page says comes next. */
export async function agree({ t, app, page }: Walk, { email }: Newcomer): Promise<string> {
  await page.getByRole('heading', { level: 1, name: 'Соглашение' }).waitFor()
  await page.getByLabel('Принимаю условия Пользовательского соглашения').check()
  await press(page, 'Зарегистрироваться')
  await page.getByRole('heading', { level: 1, name: 'Проверьте почту' }).waitFor()
  await follow(page, await letterTo(app, email, /^Подтвердите адрес/))
  await page.getByText(email).waitFor()
  await seen(t, page, 'register-confirm')
  await press(page, 'Подтвердить адрес')
  await page.getByRole('heading', { level: 1, name: 'Адрес подтверждён' }).waitFor()
  return page.locator('.lead').innerText()
}

/** Signs in from the page where the registration ended. */
export async function enter(page: Page, { email }: Newcomer): Promise<void> {
  await page.getByRole('link', { name: 'Войти в личный кабинет' }).click()
  await page.fill('#email', email)
  await page.fill('#password', password)
  await page.press('#password', 'Enter')
  await page.waitForURL(/\/cabinet$/)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
