/** Forms as they are filled in by hand: a draft found again, an account with a wrong key, an invoice of several lines. */
import test from 'ava'
import { BankAccount } from '../../src/models/bank-account.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { accessibilityFaults } from '../_support/browser.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  buildOffice,
  buildOrganisation,
  buildProduct,
  buildUser,
  buildVatRates,
  testBik,
  wrongAccount,
} from '../_support/factories.ts'
import { take } from '../_support/page-steps.ts'
import { useWebHalf } from './_web-half.ts'

await isolatedDatabase()
const windowOf = useWebHalf()

test('a form found again after a reload, an account with a wrong key accepted by one person and confirmed by another', async (t) => {
  t.timeout(600_000)
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await buildUser({ office, role: 'operator' })
  const accountant = await buildUser({ office, role: 'accountant' })
  const { page, complaints } = await windowOf(t, operator.email, '/admin')
  const account = wrongAccount()

  await page.goto(`/admin/resources/bank-accounts/actions/new?organisationId=${organisation.id}`)
  await page.getByLabel('БИК', { exact: false }).fill(testBik)
  await page.getByLabel('Банк', { exact: true }).fill('ПАО «Банк Пример»')
  await page.getByLabel('Расчётный счёт').fill(account)
  await page.getByTestId('property-edit-account').locator('.cd-fault').waitFor()
  await page.getByText('черновик записан').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Вернуть черновик' }).click()
  t.is(await page.getByLabel('Расчётный счёт').inputValue(), account)
  t.deepEqual(await accessibilityFaults(page), [])

  await page.getByLabel('Расчётный счёт').press('Control+Enter')
  await page.locator('.cd-state', { hasText: 'Ошибка в ключе' }).first().waitFor()
  t.deepEqual(await accessibilityFaults(page), [])
  await take(page, 'overrideRequisites')
  await page.getByRole('dialog').getByLabel('Причина').fill('Так в справке банка')
  await page.getByRole('dialog').getByRole('button', { name: 'Принять с ошибкой' }).click()
  await page.locator('.cd-state', { hasText: 'Ждёт подтверждения' }).first().waitFor()

  const other = await windowOf(t, accountant.email, '/admin')
  const { id } = await BankAccount.findOne({ where: { account }, rejectOnEmpty: true })
  await other.page.goto(`/admin/resources/bank-accounts/records/${id}/show`)
  await take(other.page, 'confirmRequisites')
  await other.page.getByRole('dialog').getByRole('button', { name: 'Подтвердить счёт' }).click()
  await other.page.locator('.cd-state', { hasText: 'Принят с ошибкой' }).first().waitFor()
  t.is((await BankAccount.findByPk(id, { rejectOnEmpty: true })).requisitesState, 'confirmed')
  t.deepEqual([...complaints, ...other.complaints], [])
})

test('an invoice is drafted without a mouse: each line that is added waits for its product', async (t) => {
  t.timeout(300_000)
  const office = await buildOffice()
  await buildVatRates()
  const { name } = await buildOrganisation({ office, name: 'ООО «Вереск»' })
  const products = [
    await buildProduct({ office, name: 'Консультация', priceMinor: 150_000 }),
    await buildProduct({ office, name: 'Выезд эксперта', priceMinor: 900_000 }),
  ]
  const operator = await buildUser({ office, role: 'operator' })
  const { page, complaints } = await windowOf(t, operator.email, '/admin')
  const { keyboard } = page
  /** Typed into the field that has the focus now, and taken from what is found. */
  const choose = async (text: string) => {
    await keyboard.type(text)
    await page.getByRole('option', { name: text }).waitFor()
    await keyboard.press('Enter')
  }
  await page.goto('/admin/resources/invoices/actions/new')
  await page.getByRole('combobox', { name: 'Организация' }).focus()
  await choose('Вереск')
  await page.getByRole('combobox', { name: 'Услуга или товар, строка 1' }).focus()
  await choose('Консультация')
  await page.getByLabel('Количество, строка 1').fill('1,5')
  t.is(await page.getByLabel('Количество, строка 1').inputValue(), '1,5')
  await page.getByRole('button', { name: 'Добавить строку' }).press('Enter')
  await choose('Выезд эксперта')
  await page.getByText('11 250,00').first().waitFor()
  t.deepEqual(await accessibilityFaults(page), [])
  // A day is typed as one writes it; what is none is said beside its field, where it stays as typed.
  const due = page.getByLabel('Оплатить до')
  await due.fill('31.11.2026')
  await keyboard.press('Control+Enter')
  await page.getByText('Это не дата').first().waitFor()
  t.is(await due.inputValue(), '31.11.2026')
  await page.getByTestId('property-edit-dueOn').locator('.cd-day-calendar').fill('2026-12-08')
  t.is(await due.inputValue(), '08.12.2026')
  await due.fill('7.12.2026')
  await keyboard.press('Tab')
  t.is(await due.inputValue(), '07.12.2026')
  await keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Черновик счёта' }).waitFor()
  await page.getByTestId('property-show-dueOn').getByText('07.12.2026').waitFor()
  await page.getByRole('link', { name }).first().waitFor()
  const lines = await InvoiceLine.findAll({ order: ['position'] })
  // What has no number yet is named by what it is, in its list and wherever it is mentioned.
  await page.goto('/admin/resources/invoices')
  await page.getByRole('link', { name: 'Черновик счёта' }).waitFor()
  await page.goto(`/admin/resources/invoice-lines/records/${lines[0]?.id}/show`)
  await page.getByTestId('property-show-invoiceId').getByRole('link', { name: 'Черновик счёта' }).waitFor()
  t.deepEqual(
    lines.map(({ productId, quantity, totalMinor }) => [productId, Number(quantity), totalMinor]),
    [
      [products[0]?.id, 1.5, 225_000],
      [products[1]?.id, 1, 900_000],
    ],
  )
  t.deepEqual(complaints, [])
})

test('a price is put in order when its field is left, and what is no price stays as it was typed', async (t) => {
  t.timeout(300_000)
  const office = await buildOffice()
  await buildVatRates()
  const { id } = await buildProduct({ office, name: 'Консультация', priceMinor: 150_000 })
  const administrator = await buildUser({ office: null, role: 'administrator' })
  const { page, complaints } = await windowOf(t, administrator.email, '/admin')
  await page.goto(`/admin/resources/products/records/${id}/edit`)
  const price = page.getByLabel('Цена', { exact: true })
  t.is((await price.inputValue()).replaceAll('\u00a0', ' '), '1 500,00')
  for (const [typed, left] of [
    ['7,735.50 ₽', '7 735,50'],
    ['12.345', '12.345'],
    ['-5', '-5'],
    ['1e5', '1e5'],
    ['1500', '1 500,00'],
  ] as const) {
    await price.fill(typed)
    await price.blur()
    t.is((await price.inputValue()).replaceAll('\u00a0', ' '), left)
  }
  await page.getByRole('button', { name: 'Сохранить' }).waitFor()
  t.deepEqual(complaints, [])
})
