/** The longest names, addresses and sums there are: on every screen they keep to their place, from a desk to the narrowest phone. */
import test, { type ExecutionContext } from 'ava'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { renderLetter } from '../../src/mail/render.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { screensOf, type Root } from '../_support/every-screen.ts'
import { choosePlace, moveTo, signIn } from '../_support/page-steps.ts'
import { clientDoor, personalLinks } from './_before-doors.ts'
import { windowFor } from './_desk.ts'
import { Findings, misplaced } from './_look.ts'

// Letters are captured, so that the pages that show them are there.
const app = await startApp({ SMTP_URL: '' })
const browser = useBrowser()

const word = 'Нефтегазстройтранссервисмонтажпроектналадкаэксплуатацияремонт'
const sentence =
  'Федеральное государственное бюджетное образовательное учреждение дополнительного профессионального образования ' +
  '«Межрегиональный учебно-методический центр стандартизации, метрологии и сертификации»'
const sum = 1_234_567_890_123
const address = 'otdel.snabzheniya.i.tekhnicheskogo.obespecheniya@neftegazstroytransservis-holding.example'

/** Every second organisation has one endless word in its name, the others a sentence. */
const lengthened = [
  `update organisations set name = case when id % 2 = 0 then 'ООО «${word}»' else '${sentence}' end,
     email = '${address}', head_name = 'Константинопольская-Преображенская Александра-Виктория Константиновна'`,
  `update users set surname = 'Константинопольская-Преображенская', name = 'Александра-Виктория'`,
  `update employees set surname = 'Константинопольская-Преображенская', position = '${sentence}', email = '${address}'`,
  `update products set name = '${sentence}', price_minor = ${sum}`,
  `update threads set title = left('${word} ${sentence}', 200)`,
  `update contracts set number = '${word.slice(0, 40)}/2026-Ф'`,
]

/** What was issued keeps its sums: its guards look away for a moment. */
const enlarged = ['invoices', 'invoice_lines'].map(
  (table) =>
    `alter table ${table} disable trigger user;
     update ${table} set net_minor = ${sum}, vat_minor = 0, total_minor = ${sum};
     alter table ${table} enable trigger user`,
)

async function lengthen(t: ExecutionContext): Promise<void> {
  const pool = app.database.pool(t)
  for (const statement of lengthened) t.true(((await pool.query(statement)).rowCount ?? 0) > 0, statement)
  for (const statements of enlarged) await pool.query(statements)
}

for (const [root, email] of [
  ['/admin', 'admin@certdesk.example'],
  ['/cabinet', 'client@certdesk.example'],
] as [Root, string][])
  test.serial(`long words keep to their place on every screen of ${root}`, async (t) => {
    t.timeout(600_000)
    await lengthen(t)
    const { page, complaints } = await windowFor(t, browser, app)
    const found = new Findings()
    await signIn(page, email, demoPassword, root)
    found.add('the door', await misplaced(page))
    await choosePlace(page, word)
    const { screens } = await screensOf(page)
    for (const { path } of screens.filter(({ isAgain }) => !isAgain)) {
      await moveTo(page, path)
      await page.locator('main h1').first().waitFor()
      found.add(path, await misplaced(page))
      for (const tab of (await page.locator('main').getByRole('tab').all()).slice(1)) {
        await tab.click()
        found.add(`${path} ${await tab.textContent()}`, await misplaced(page))
      }
    }
    t.log(`${screens.length} screens`)
    t.deepEqual(found.told(), [])
    t.deepEqual(complaints, [])
  })

test.serial('long words keep to their place in a letter read on the narrowest phone', async (t) => {
  const total = { name: word, sum: '12 345 678 901,23 ₽' }
  const { html } = renderLetter(
    {
      subject: word,
      preheader: word,
      heading: word,
      footer: address,
      blocks: [
        { kind: 'text', text: word },
        { kind: 'facts', facts: [{ name: 'Почта', value: address }] },
        { kind: 'lines', name: 'Услуга', sum: 'Сумма', rows: [{ ...total, note: address }], total },
        { kind: 'button', label: 'Открыть', href: `https://desk.example/${word}`, hint: sentence },
        { kind: 'note', tone: 'warn', text: word },
      ],
    },
    'ru',
  )
  const { page } = await windowFor(t, browser, app, { width: 320, height: 800 })
  await page.setContent(html)
  t.is(await page.evaluate(() => document.documentElement.scrollWidth), 320)
})

for (const [name, walk] of Object.entries({ clientDoor, personalLinks }))
  test.serial(`long words keep to their place before the doors: ${name}`, async (t) => {
    t.timeout(600_000)
    await lengthen(t)
    const { page } = await windowFor(t, browser, app)
    const found = new Findings()
    await walk(page, 'ru', async (place) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      found.add(place, await misplaced(page))
    })
    t.deepEqual(found.told(), [])
  })
