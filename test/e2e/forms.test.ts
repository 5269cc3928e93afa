/** What was typed into a form is found again, and an account with a wrong key needs two people to be printed. */
import test from 'ava'
import { BankAccount } from '../../src/models/bank-account.ts'
import { accessibilityFaults } from '../_support/browser.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { buildOffice, buildOrganisation, buildUser, testBik, wrongAccount } from '../_support/factories.ts'
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
