/** Clients in a real browser, at a phone and at a desk: what the office does reaches them, and what they do reaches the office. */
import test, { type ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { Document } from '../../src/models/document.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Membership } from '../../src/models/membership.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { User } from '../../src/models/user.ts'
import { rows } from '../../src/queries/rows.ts'
import { startApp } from '../_support/app.ts'
import { accessibilityFaults, useBrowser } from '../_support/browser.ts'
import { settled, take } from '../_support/page-steps.ts'
import {
  confirm,
  downloaded,
  isTo,
  linkIn,
  openBySearch,
  operator,
  pdf,
  press,
  signedIn,
  textOf,
  tickOrder,
  windowFor,
} from './_desk.ts'
import { seen } from './_doors.ts'
import { desk, phone } from './_look.ts'

const app = await startApp()
const browser = useBrowser()

const head = 'client@certdesk.example'
const colleague = 'employee@certdesk.example'
const client = '7801234564'
const order = 'ОФ030-479712'
const root = '/cabinet'

/** The head of two organisations says at the door for which of them he is here. */
async function headAt(t: ExecutionContext, size: { width: number; height: number }) {
  const window = await signedIn(t, browser, app, head, { root, ...size })
  await window.page.getByRole('button', { name: 'ООО «Экспертиза»' }).click()
  await window.page.waitForURL(/\/cabinet\/?$/)
  await settled(window.page)
  return window
}

/** The number beside a place of the navigation in use; none where nothing waits. */
const numberOf = (page: Page, list: string): Promise<number> =>
  page.evaluate((address) => {
    const links = [...document.querySelectorAll(`a[href="${address}"]`)]
    const badge = links.find((one) => one.checkVisibility())?.querySelector('.cd-thumb-count, .cd-count')
    return Number.parseInt(badge?.textContent || '0', 10)
  }, `${root}/resources/${list}`)

/** The number follows by itself, without anybody loading the page again. */
async function numberBecomes(page: Page, list: string, count: number): Promise<void> {
  while ((await numberOf(page, list)) !== count) await page.waitForTimeout(200)
}

const ours = () => Organisation.findOne({ where: { taxId: client }, rejectOnEmpty: true })
const personOf = (email: string) => User.findOne({ where: { email }, rejectOnEmpty: true })

/** What the bell tells, newest first; the panel is closed again. */
async function bellTells(page: Page, title: string): Promise<void> {
  await page.locator('[data-testid=bell] .cd-bell-count').waitFor()
  await page.getByTestId('bell').click()
  await page.locator('.cd-bell-title', { hasText: title }).first().waitFor()
  await page.keyboard.press('Escape')
}

test.serial(
  'papers of the main job are downloaded at a phone and at a desk, and the staff see it',
  async (t) => {
    t.timeout(600_000)
    const staff = await signedIn(t, browser, app, operator)
    const mobile = await headAt(t, phone)
    const wide = await signedIn(t, browser, app, colleague, { root, ...desk })
    t.deepEqual(await accessibilityFaults(mobile.page), [])
    const before = await numberOf(mobile.page, 'documents')

    await openBySearch(staff.page, client, 'ООО «Экспертиза»')
    await staff.page.locator('tr[data-id]', { hasText: 'Акт готов' }).first().waitFor()
    await tickOrder(staff.page, order)
    await press(staff.page, 'publishDocuments')
    const lines = await InvoiceLine.findAll({ where: { portalOrderNumber: order } })
    const papers = await Document.findAll({
      where: { invoiceId: lines[0]?.invoiceId ?? 0, state: 'published', kind: ['act', 'licence'] },
    })
    t.true(papers.length >= 2, 'the act and the licence')
    const [act, other] = papers.toSorted((a, b) => a.kind.localeCompare(b.kind))
    if (!act || !other) throw new Error('there are papers')
    // Nobody has touched the phone meanwhile.
    await numberBecomes(mobile.page, 'documents', before + papers.length)
    await mobile.page.locator('[data-testid^=task-papers-]').first().waitFor()

    const places = [
      { window: mobile, paper: act },
      { window: wide, paper: other },
    ]
    for (const [index, { window, paper }] of places.entries()) {
      await staff.page.goto(`/admin/resources/documents/records/${paper.id}/show`)
      await settled(staff.page)
      const seen = staff.page.getByTestId('property-show-seenAt').locator('dd')
      t.is((await seen.innerText()).trim(), '—')
      await window.page.goto(`${root}/resources/documents/records/${paper.id}/show`)
      await settled(window.page)
      const file = window.page.locator(`a[href="${root}/files/document/${paper.id}"]`).first()
      t.true((await textOf(await downloaded(window.page, file))).includes(paper.number ?? 'no number'))
      await numberBecomes(mobile.page, 'documents', before + papers.length - index - 1)
      await seen.locator('time').waitFor()
    }
    t.deepEqual(mobile.complaints, [])
    t.deepEqual(wide.complaints, [])
    t.deepEqual(staff.complaints, [])
  },
)

test.serial(
  'a head pays by QR, asks for other requisites and orders; each answer comes by itself',
  async (t) => {
    t.timeout(600_000)
    const staff = await signedIn(t, browser, app, operator)
    const { page, complaints } = await headAt(t, phone)

    await page.locator('[data-testid^=pay-]').first().click()
    const code = page.getByRole('dialog').locator('.cd-qr img')
    await code.waitFor()
    await page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('.cd-qr img')
      return image?.complete && image.naturalWidth > 0
    })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const { id: organisationId } = await ours()
    await page.goto(`${root}/resources/organisations/records/${organisationId}/show`)
    // One wish at a time: an earlier one is taken back first.
    await page.getByRole('button', { name: 'Отозвать заявку' }).click()
    await confirm(page)
    await page.getByRole('link', { name: 'Предложить изменения' }).click()
    await page.locator('#cd-field-phone').fill('+7 812 555-01-78')
    await page.locator('#cd-field-reason').fill('Переехали')
    await page.getByTestId('button-save').click()
    const wish = page.locator('[data-testid^=change-]', { hasText: '555-01-78' })
    await wish.filter({ hasText: 'На проверке' }).waitFor()
    const requestId = (await wish.getAttribute('data-testid'))?.replace('change-', '')
    await bellTells(staff.page, 'ООО «Экспертиза» просит изменить данные')
    await staff.page.goto(`/admin/resources/change-requests/records/${requestId}/show`)
    await staff.page.locator('main ins').filter({ hasText: '555-01-78' }).waitFor()
    await take(staff.page, 'accept')
    await confirm(staff.page)
    await wish.filter({ hasText: 'Принято' }).waitFor()
    await bellTells(page, 'Изменения данных приняты')
    t.is((await ours()).phone, '+78125550178')

    const unpaid = await numberOf(page, 'invoices')
    await page.goto(`${root}/pages/catalogue`)
    await page.locator('.cd-product', { hasText: 'КОНС' }).getByRole('button').click()
    await confirm(page)
    await page.locator('.cd-head').getByRole('link', { name: 'Наши заказы' }).click()
    await page.getByText('Готовится счёт').first().waitFor()
    const [placed] = await rows<{ id: number }>(
      `select id from order_requests where organisation_id = $organisationId and state = 'placed' order by id desc limit 1`,
      { organisationId },
    )
    await bellTells(staff.page, 'Новый заказ: Консультация')
    await staff.page.goto(`/admin/resources/order-requests/records/${placed?.id}/show`)
    await take(staff.page, 'invoice')
    await staff.page.waitForURL(/\/resources\/invoices\/records\/\d+\/show/)
    await take(staff.page, 'issue')
    await confirm(staff.page)
    await numberBecomes(page, 'invoices', unpaid + 1)
    await bellTells(page, 'по вашему заказу')
    await app.letter(isTo(head, /по вашему заказу/), 90_000)
    t.deepEqual(complaints, [])
    t.deepEqual(staff.complaints, [])
  },
)

/** Sends the decision of the office with the file it stands on. */
async function decideWith(page: Page, action: string, reason: string): Promise<void> {
  await take(page, action)
  const dialog = page.getByRole('dialog')
  await dialog.locator('textarea').fill(reason)
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'ответ.pdf', mimeType: 'application/pdf', buffer: pdf(reason) })
  await confirm(page)
}

test.serial(
  'a person tells their papers at a phone; the office checks them with evidence and reads them only with a reason',
  async (t) => {
    t.timeout(600_000)
    const papers = { number: '112-233-445 95', series: '4012', documentNumber: '345678' }
    const bare = /11223344595|112-233-445|345678/
    const staff = await signedIn(t, browser, app, operator, desk)
    const { page, complaints } = await headAt(t, phone)
    const { name, surname, id: userId } = await personOf(head)
    await page.goto(`${root}/pages/profile?tab=identity`)
    const level = page.getByTestId('level').locator('.cd-card-head')
    await level.getByText('Упрощённая').waitFor()
    const fill = (field: string, value: string) => page.locator(`#cd-papers-${field}`).fill(value)
    await fill('number', '112-233-445 94')
    await fill('birthDate', '1985-04-12')
    await page.locator('#cd-papers-documentKind').selectOption('passport')
    await fill('series', papers.series)
    await fill('documentNumber', papers.documentNumber)
    await fill('issuedOn', '2010-06-01')
    await fill('issuer', 'ТП № 12 отдела УФМС')
    await seen(t, page, 'papers-form')
    await page.getByTestId('send-papers').click()
    await page.locator('#cd-papers-number[aria-invalid=true]').waitFor()
    t.is(await page.locator('#cd-papers-series').inputValue(), papers.series, 'nothing typed is lost')
    await fill('number', papers.number)
    await page.getByTestId('send-papers').click()
    const mine = page.getByTestId('papers')
    await mine.getByText('На проверке').waitFor()
    await mine.getByText('••• ••• ••5 95').waitFor()
    t.notRegex(await page.locator('body').innerText(), bare)
    await seen(t, page, 'papers-waiting')

    await bellTells(staff.page, `${surname} ${name}: документы ждут проверки`)
    await staff.page.goto('/admin/resources/identities')
    await staff.page.locator('tr[data-id]', { hasText: surname }).getByRole('link').first().click()
    const shown = staff.page.getByTestId('papers')
    await shown.getByText('••• ••• ••5 95').waitFor()
    t.notRegex(await staff.page.locator('body').innerText(), bare)
    await staff.page.getByTestId('reveal').click()
    await staff.page.locator('#cd-reveal-reason').fill('Сверяю с ответом ведомства')
    await staff.page.getByTestId('confirm-reveal').click()
    await shown.getByText(papers.number).waitFor()
    await shown.getByRole('button', { name: 'Скрыть' }).click()
    await shown.getByText('••• ••• ••5 95').waitFor()
    await staff.page.getByText(/посмотрела? документы полностью/).waitFor()
    const looks = await AuditEvent.findAll({ where: { operation: 'identity.reveal' } })
    t.deepEqual(
      looks.map(({ note, changes }) => ({ note, changes })),
      [{ note: 'Сверяю с ответом ведомства', changes: {} }],
    )

    // Nobody touches the phone meanwhile.
    await decideWith(staff.page, 'pass', 'Сверено по базе ведомства')
    await level.getByText('Стандартная').waitFor()
    await seen(t, page, 'papers-checked')
    await decideWith(staff.page, 'confirmAtCentre', 'Паспорт, ЦОП на Ленина, 1')
    await level.getByText('Подтверждённая').waitFor()
    await page.getByTestId('confirmation').getByText('Подтверждена в центре обслуживания').waitFor()
    await seen(t, staff.page, 'papers-of-office')
    await seen(t, page, 'papers-confirmed')
    t.is((await User.findByPk(userId, { rejectOnEmpty: true })).level, 'confirmed')
    await app.letter(isTo(head, /Ваша личность подтверждена/), 90_000)
    t.deepEqual(complaints, [])
    t.deepEqual(staff.complaints, [])
  },
)

test.serial(
  'a head invites a colleague and closes the access again, at once; each sees only their own',
  async (t) => {
    t.timeout(600_000)
    const email = 'novikova@ekspertiza.example'
    const chief = await headAt(t, phone)
    const people = `${root}/pages/people`
    await chief.page.goto(people)
    await chief.page.getByRole('link', { name: 'Пригласить' }).click()
    await chief.page.locator('#cd-field-email').fill(email)
    await chief.page.locator('#cd-field-surname').fill('Новикова')
    await chief.page.locator('#cd-field-name').fill('Вера')
    await chief.page.getByTestId('button-save').click()
    await chief.page.waitForURL(/\/resources\/invitations\/records\/\d+\/show/)
    await chief.page.goto(people)
    await chief.page.locator('[data-testid^=invitation-]', { hasText: 'Новикова Вера' }).waitFor()
    t.deepEqual(await accessibilityFaults(chief.page), [])

    const guest = await windowFor(t, browser, app, { ...desk })
    await guest.page.goto(linkIn(await app.letter(isTo(email, /./), 90_000)))
    await guest.page.fill('#next', 'Синие кони #1974 у реки')
    await guest.page.fill('#again', 'Синие кони #1974 у реки')
    await guest.page.getByRole('button', { name: 'Принять приглашение' }).click()
    await guest.page.locator('[data-testid^=task-]').first().waitFor()
    t.is(await guest.page.locator(`a[href="${people}"]`).count(), 0, 'people are the business of the head')
    const { id: userId } = await personOf(email)
    const { id: membershipId } = await Membership.findOne({ where: { userId }, rejectOnEmpty: true })
    const list = `${root}/api/resources/invoices/actions/list`
    const seen = async (page: Page) =>
      ((await (await page.request.get(list)).json()) as { records?: unknown[] }).records?.length ?? 0
    t.true((await seen(guest.page)) > 0)
    t.is((await guest.page.request.get(`${root}/desk/people`)).status(), 403)

    await chief.page.goto(people)
    const row = chief.page.getByTestId(`membership-${membershipId}`)
    await row.getByRole('button').click()
    await chief.page.getByTestId('action-block').click()
    await chief.page.getByRole('dialog').locator('textarea').fill('Перешла в другой отдел')
    await confirm(chief.page)
    await row.filter({ hasText: 'Доступ закрыт' }).waitFor()
    t.is(await seen(guest.page), 0, 'at once, with the session that is open')
    await guest.page.goto(root)
    await guest.page.getByText('Перешла в другой отдел').waitFor()
    await app.letter(isTo(email, /больше не действуете/), 90_000)

    const applicant = await signedIn(t, browser, app, 'applicant@certdesk.example', { root, ...phone })
    await settled(applicant.page)
    t.is(await seen(applicant.page), 0)
    const [paper] = await Document.findAll({ where: { state: 'published' }, limit: 1 })
    t.is((await applicant.page.request.get(`${root}/files/document/${paper?.id}`)).status(), 404)
    for (const { complaints } of [chief, guest, applicant]) t.deepEqual(complaints, [])
  },
)
