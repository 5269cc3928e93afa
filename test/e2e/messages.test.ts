/** A client on a phone and the office at a desk write to each other, and neither loads a page again. */
import test from 'ava'
import type { Page } from 'playwright-core'
import { replyTemplateKeeping } from '../../src/operations/threads/keep-reply-templates.ts'
import { endAllSessions } from '../../src/operations/users/sessions.ts'
import { accessibilityFaults } from '../_support/browser.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorOf,
  as,
  buildClient,
  buildIssuedInvoice,
  buildUser,
  testPassword,
} from '../_support/factories.ts'
import { signIn } from '../_support/page-steps.ts'
import { useWebHalf } from './_web-half.ts'

await isolatedDatabase()
const windowOf = useWebHalf()

const phone = { width: 390, height: 844 }
const counter = (page: Page, root: string) =>
  page.locator(`#cd-side a[href="${root}/pages/messages"] .cd-count`)

test('a question typed on a phone reaches the desk, and the answer the phone, without a page loaded again', async (t) => {
  t.timeout(600_000)
  const { office, organisation, invoice } = await buildIssuedInvoice()
  const operator = await buildUser({ office, name: 'Марина', surname: 'Ким' })
  await replyTemplateKeeping.create(as(actorOf(operator)), {
    values: { officeId: office.id, title: 'Исправлен', body: '{имя}, счёт № {номер} исправлен. {автор}' },
  })
  const head = await buildClient({ organisation, name: 'Ирина', patronymic: 'Львовна', surname: 'Седых' })
  const desk = await windowOf(t, operator.email, '/admin', {})
  const client = await windowOf(t, head.user.email, '/cabinet', phone)

  await client.page.goto(`/cabinet/resources/invoices/records/${invoice.id}/show`)
  await client.page.getByTestId('record-threads').getByRole('link', { name: 'Написать' }).click()
  await client.page.getByLabel('Тема').fill('Ошибка в счёте')
  await client.page.getByLabel('Сообщение').fill('Прошу исправить КПП')
  await client.page.getByText('Черновик сохранён').waitFor()
  await client.page.reload()
  t.is(
    await client.page.getByLabel('Сообщение').inputValue(),
    'Прошу исправить КПП',
    'a reload loses nothing',
  )
  t.deepEqual(await accessibilityFaults(client.page), [])
  await client.page
    .getByTestId('attach')
    .setInputFiles({ name: 'карточка.txt', mimeType: 'text/plain', buffer: Buffer.from('КПП 780101001') })
  await client.page.locator('.cd-composer-file', { hasText: 'Б' }).waitFor()
  await client.page.getByTestId('send').click()
  await client.page.locator('.cd-message-own', { hasText: 'Прошу исправить КПП' }).waitFor()
  await client.page.getByText('Ещё не прочитано').waitFor()

  // The desk was not touched meanwhile.
  await counter(desk.page, '/admin').filter({ hasText: '1' }).waitFor()
  await desk.page.locator('#cd-side').getByRole('link', { name: 'Сообщения' }).click()
  await desk.page.getByRole('link', { name: 'Ошибка в счёте' }).click()
  await desk.page.locator('.cd-message', { hasText: 'Прошу исправить КПП' }).waitFor()
  await client.page.getByText('Прочитано: Марина Ким').waitFor()
  const file = await desk.page.locator('.cd-message-file').getAttribute('href')
  t.is(await (await desk.page.request.get(file ?? '')).text(), 'КПП 780101001')
  await desk.page.getByRole('button', { name: 'Шаблоны' }).click()
  await desk.page.getByRole('menuitem', { name: 'Исправлен' }).click()
  const answer = `Ирина Львовна, счёт № ${invoice.number} исправлен. Марина Ким`
  t.is(await desk.page.getByLabel('Ответ').inputValue(), answer)
  t.deepEqual(await accessibilityFaults(desk.page), [])
  await desk.page.getByLabel('Ответ').press('Control+Enter')
  await desk.page.locator('.cd-message-own', { hasText: answer }).waitFor()
  await counter(desk.page, '/admin').waitFor({ state: 'detached' })

  await client.page.locator('.cd-message', { hasText: answer }).waitFor()
  await desk.page.getByText('Прочитано: Ирина Седых').waitFor()
  t.deepEqual([...desk.complaints, ...client.complaints], [])
})

test('when the answer of the server is lost the text stays, and goes with the next press as one message', async (t) => {
  t.timeout(600_000)
  const { organisation } = await buildIssuedInvoice()
  const head = await buildClient({ organisation })
  const { page, forgive, complaints } = await windowOf(t, head.user.email, '/cabinet', phone)
  await page.goto('/cabinet/pages/messages')
  await page.getByRole('link', { name: 'Написать', exact: true }).click()
  await page.getByLabel('Тема').fill('Вопрос')
  await page.getByLabel('Сообщение').fill('Работаете ли вы в субботу?')
  await page.getByText('Черновик сохранён').waitFor()
  let isCut = true
  await page.route('**/cabinet/desk/threads', async (route) => {
    if (!isCut || route.request().method() !== 'POST') return route.continue()
    // The message arrives, its answer does not.
    isCut = false
    await route.fetch()
    await route.abort('connectionfailed')
  })
  await page.getByTestId('send').click()
  await page.locator('.cd-composer').getByRole('alert').waitFor()
  t.is(await page.getByLabel('Сообщение').inputValue(), 'Работаете ли вы в субботу?')
  await page.getByTestId('send').click()
  await page.locator('.cd-message-own').waitFor()
  t.is(await page.locator('.cd-message').count(), 1)
  forgive(/connectionfailed|ERR_CONNECTION_FAILED|Failed to load resource/i)
  t.deepEqual(complaints, [])
})

test('what is typed after the session has ended elsewhere is there when its author has signed in again', async (t) => {
  t.timeout(600_000)
  const { organisation, invoice } = await buildIssuedInvoice()
  const head = await buildClient({ organisation })
  const { page, forgive, complaints } = await windowOf(t, head.user.email, '/cabinet', phone)
  await page.goto(`/cabinet/resources/invoices/records/${invoice.id}/show`)
  await page.getByTestId('record-threads').getByRole('link', { name: 'Написать' }).click()
  await page.getByLabel('Тема').fill('Ошибка в счёте')
  await page.getByLabel('Сообщение').fill('Прошу исправить КПП')
  await page.getByText('Черновик сохранён').waitFor()

  await endAllSessions(as(head.actor), undefined)
  await page.getByLabel('Сообщение').fill('Прошу исправить КПП и адрес')
  // The screen leaves for the door by itself, wherever its author is.
  await page.waitForURL('**/cabinet/login**')
  await signIn(page, head.user.email, testPassword, '/cabinet')
  t.is(await page.getByLabel('Сообщение').inputValue(), 'Прошу исправить КПП и адрес')
  t.is(await page.getByLabel('Тема').inputValue(), 'Ошибка в счёте')
  forgive(/401/)
  t.deepEqual(complaints, [])
})
