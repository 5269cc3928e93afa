/** Owns the proof that every document prints what it was given, in every country's letters. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import type { DocumentDefinition } from '../../src/documents/define-document.ts'
import { createRenderer } from '../../src/documents/render.ts'
import { actDocument } from '../../templates/documents/act/document.ts'
import { documents } from '../../templates/documents/index.ts'
import { identityLetterDocument } from '../../templates/documents/identity-letter/document.ts'
import { identityLetterSamples } from '../../templates/documents/identity-letter/samples.ts'
import { invoiceDocument } from '../../templates/documents/invoice/document.ts'
import { paymentCode } from '../../templates/documents/invoice/payment-code.ts'
import { actSamples } from '../../templates/documents/act/samples.ts'
import { invoiceSamples } from '../../templates/documents/invoice/samples.ts'
import { licenceSamples } from '../../templates/documents/licence/samples.ts'
import { licenceDocument } from '../../templates/documents/licence/document.ts'
import { inFolder, textOf } from './_fixtures.ts'

const renderer = createRenderer({ size: 2 })
test.after.always(() => renderer.close())

for (const document of documents)
  for (const [name, sample] of Object.entries(document.samples))
    test(`${document.kind}: the sample ${name} prints as an archival PDF whose text can be copied`, (t) =>
      inFolder(async (folder) => {
        const toFile = join(folder, document.fileName(sample))
        const printed = await renderer.render(document, sample, { toFile })
        const bytes = await readFile(toFile)
        const { text, pages } = await textOf(toFile)
        t.is(printed.standard, 'a-3b')
        t.is(printed.size, bytes.length)
        t.is(printed.sha256, createHash('sha256').update(bytes).digest('hex'))
        t.is(printed.pages, pages)
        t.true(text.includes((sample as { number: string }).number))
        const { kind, version } = document
        const foot =
          (sample as { language?: string }).language === 'en'
            ? [`Page ${pages} of ${pages}`, `template ${kind}, version ${version}`]
            : [`Страница ${pages} из ${pages}`, `шаблон ${kind}, версия ${version}`]
        t.deepEqual(holds(text, foot), [])
      }))

const printed = async <Data>(document: DocumentDefinition<Data>, data: Data): Promise<string> => {
  let text = ''
  await inFolder(async (folder) => {
    const toFile = join(folder, 'document.pdf')
    await renderer.render(document, data, { toFile })
    ;({ text } = await textOf(toFile))
  })
  return text
}

const holds = (text: string, parts: string[]) => parts.filter((part) => !text.includes(part))

test('an act holds everything 402-ФЗ asks and what a chief accountant looks for', async (t) => {
  const text = await printed(actDocument, actSamples.usual)
  t.deepEqual(
    holds(text, [
      'Акт № АКТ-2026-000123',
      'от 23 ноября 2026 г.',
      'ИНН 7805412680, КПП 780501001',
      'ИНН 5406321540, КПП 540601001',
      'Р/с 40702810755000012345',
      'БИК 044030653, к/с 30101810500000000653',
      'Оферта № КВС-52/2026 от 12.01.2026; счёт № СЧ-2026-004412 от 02.11.2026',
      'с 01.11.2026 по 23.11.2026',
      '6 528,61',
      '1 206,39',
      'не облагается НДС',
      'Всего наименований 3, на сумму 7 735,00 ₽',
      'Семь тысяч семьсот тридцать пять рублей 00 копеек',
      'пп. 26 п. 2 ст. 149 НК РФ',
      '(строка 2)',
      'претензий по объёму, качеству и срокам не имеет',
      'Генеральный директор',
      'Соколова М. А.',
      'Главный врач',
      'Кузнецов Д. И.',
      'М. П.',
      '7KQM-4XPD-92RA',
    ]),
    [],
  )
})

test('a document without VAT says so and names the ground', async (t) => {
  for (const text of [
    await printed(actDocument, actSamples.licencesOnly),
    await printed(invoiceDocument, invoiceSamples.withoutVat),
  ])
    t.deepEqual(holds(text, ['Без НДС', 'Без НДС на основании: пп. 26 п. 2 ст. 149 НК РФ', '1 045,00']), [])
})

test('a replacement names the act it stands for', async (t) => {
  const text = await printed(actDocument, actSamples.licencesOnly)
  t.true(text.includes('акта № АКТ-2026-000098 от 30.10.2026 (аннулирован)'))
})

test('Kazakh and Belarusian letters and the tenge sign print, and requisites bear the names of the country', async (t) => {
  const kazakh = await printed(actDocument, actSamples.kazakh)
  t.deepEqual(
    holds(kazakh, [
      '«Қазақстан Сәйкестікті растау орталығы»',
      'БИН 150640012341',
      'ИИК KZ84722C000012345678, Кбе 17',
      'Әбдіғали Қ. Ұ.',
      'Нұрғиса І. Ө.',
      '478 000,00 ₸',
      'Үлбі Құрылыс',
    ]),
    [],
  )
  const belarusian = await printed(actDocument, actSamples.belarusian)
  t.deepEqual(holds(belarusian, ['УНП 191456785', 'Ўласевіч І. Ў.', 'Бароўскі А. У.', '63,20 бел. руб.']), [])
})

test('a licence sheet names the right, the places and the term', async (t) => {
  t.deepEqual(
    holds(await printed(licenceDocument, licenceSamples.usual), [
      'простая неисключительная лицензия',
      '1 рабочее место',
      'с 23.11.2026, не ограничен',
      'KED5-7QPL-2M9X-44TB-R0ZC',
    ]),
    [],
  )
  t.deepEqual(
    holds(await printed(licenceDocument, licenceSamples.forYear), ['22 рабочих места', 'по 22.11.2027']),
    [],
  )
})

test('forty lines go over pages, the heading of the table repeats, signatures never stand alone', (t) =>
  inFolder(async (folder) => {
    const toFile = join(folder, 'act.pdf')
    const { pages } = await renderer.render(actDocument, actSamples.overPages, { toFile })
    t.true(pages > 1)
    const { text } = await textOf(toFile)
    t.true((text.match(/Наименование/g)?.length ?? 0) >= 2)
    t.true(text.includes('Всего наименований 40'))
  }))

test('the payment code follows ГОСТ Р 56042-2014: mandatory fields first, the sum in kopecks', (t) => {
  const { seller, totalMinor } = invoiceSamples.usual
  t.is(
    paymentCode(seller, totalMinor, 'Оплата | по счёту'),
    'ST00012|Name=ООО «Северный центр сертификации»|PersonalAcc=40702810755000012345|' +
      'BankName=Северо-Западный банк ПАО Сбербанк, г. Санкт-П|BIC=044030653|CorrespAcc=30101810500000000653|' +
      'PayeeINN=7805412680|KPP=780501001|Sum=773500|Purpose=Оплата / по счёту',
  )
  t.is(paymentCode(invoiceSamples.kazakh.seller, 1, 'x'), undefined)
})

test('data that contradicts itself is refused before anything is printed', async (t) => {
  const refuse = (change: Record<string, unknown>, message: RegExp) =>
    t.throwsAsync(renderer.render(actDocument, { ...actSamples.usual, ...change }, { toFile: 'never.pdf' }), {
      message,
    })
  await refuse({ totalMinor: 1 }, /not the sums of the lines/)
  await refuse({ number: null }, /number/)
  await refuse({ period: null }, /period/)
  await refuse({ unknown: 1 }, /unknown/)
  await refuse({ lines: [] }, /lines/)
})

test('a letter with a code is written in its reader’s language, in nothing but the address and the sender in another', async (t) => {
  const read = (name: 'usual' | 'english') => printed(identityLetterDocument, identityLetterSamples[name])
  const [ru, en] = [await read('usual'), await read('english')]
  t.deepEqual(
    holds(ru, ['Код подтверждения личности', '26 ноября 2026', 'вкладка «Личность»', 'K7MQ-2XW9']),
    [],
  )
  t.deepEqual(holds(en, ['Your confirmation code', '26 November 2026', 'tab “Identity”', 'K7MQ-2XW9']), [])
  t.notRegex(en.slice(en.indexOf('Your confirmation code')), /[а-яё]/i)
})
