/** What was typed into a form is found again, and an account with a wrong key needs two people to be printed. */
import test, { type ExecutionContext } from 'ava'
import { startWeb } from '../../src/start-web.ts'
import { BankAccount } from '../../src/models/bank-account.ts'
import { accessibilityFaults, useBrowser } from '../_support/browser.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  buildOffice,
  buildOrganisation,
  buildUser,
  testBik,
  testPassword,
  wrongAccount,
} from '../_support/factories.ts'
import { settled, signIn, take } from '../_support/page-steps.ts'

await isolatedDatabase()
// Nothing of this needs a worker or the demo office.
const starting = startWeb({ port: 0, host: '127.0.0.1' })
let stopped: Promise<void> | undefined
const stop = () => (stopped ??= starting.then((web) => web.stop(0)))
test.after('the server stops', stop)
test.after.always('the server has stopped', stop)
const browser = useBrowser()

async function deskOf(t: ExecutionContext, email: string) {
  const { url } = await starting
  const window = await browser.open(url)
  t.teardown(() => window.context.close())
  await signIn(window.page, email, testPassword)
  await settled(window.page)
  return window
}

test('a form found again after a reload, an account with a wrong key accepted by one person and confirmed by another', async (t) => {
  t.timeout(600_000)
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await buildUser({ office, role: 'operator' })
  const accountant = await buildUser({ office, role: 'accountant' })
  const { page, complaints } = await deskOf(t, operator.email)
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

  const other = await deskOf(t, accountant.email)
  const { id } = await BankAccount.findOne({ where: { account }, rejectOnEmpty: true })
  await other.page.goto(`/admin/resources/bank-accounts/records/${id}/show`)
  await take(other.page, 'confirmRequisites')
  await other.page.getByRole('dialog').getByRole('button', { name: 'Подтвердить счёт' }).click()
  await other.page.locator('.cd-state', { hasText: 'Принят с ошибкой' }).first().waitFor()
  t.is((await BankAccount.findByPk(id, { rejectOnEmpty: true })).requisitesState, 'confirmed')
  t.deepEqual([...complaints, ...other.complaints], [])
})
