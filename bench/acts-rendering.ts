/** Bench: acts of three lines with their QR code, typeset, written and synced to disk, beside pdfmake printing the same act. */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { createRenderer } from '../src/documents/render.ts'
import { amountInWords } from '../src/domain/amount-in-words.ts'
import { formatSum } from '../src/domain/money.ts'
import { actDocument, type ActData } from '../templates/documents/act/document.ts'
import { actSamples } from '../templates/documents/act/samples.ts'
import { sold, withTotals } from '../templates/documents/_samples.ts'
import { residentMegabytes } from './memory.ts'
import { products } from './products.ts'

export type ActsRenderingRow = {
  system: string
  processes: number
  acts: number
  'acts/s': number
  'ms CPU per act': number
  'peak RSS, MB': number
  'RSS first → last tenth, MB': string
}

const wave = 200

/** Prints the same number of different acts with each system; files are written, synced and removed. */
export async function actsRendering(count = 2000): Promise<{ rows: ActsRenderingRow[]; ratio: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'acts-'))
  try {
    const ours = await printOurs(folder, count)
    const theirs = await printPdfmake(folder, Math.min(count, 200))
    return { rows: [ours, theirs], ratio: Math.round((ours['acts/s'] / theirs['acts/s']) * 10) / 10 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each act is of a client of its own, for three lines of the price list in quantities of their own. */
function act(index: number): ActData {
  const tail = String(index).padStart(6, '0')
  const { usual } = actSamples
  const { bank } = usual.customer
  const { totalMinor, ...bill } = withTotals(
    [0, 1, 2].map((place) =>
      sold({
        ...(products[(index * 5 + place * 7) % products.length] ?? { name: '', priceMinor: 0 }),
        quantity: String(1 + ((index >> place) % 3)),
        vatPercent: '22',
      }),
    ),
  )
  return {
    ...usual,
    ...bill,
    totalMinor,
    totalInWords: amountInWords(totalMinor, 'RUB'),
    number: `АКТ-2026-${tail}`,
    customer: {
      ...usual.customer,
      name: `ООО «Клиника восстановительной медицины № ${tail}»`,
      taxId: `5406${tail}`,
      address: `630120, Новосибирская область, г. Новосибирск, ул. Танкистов, д. ${tail}`,
      ...(bank && { bank: { ...bank, account: `40702810844050${tail}` } }),
    },
    verification: { code: `7KQM-${tail}`, link: `https://certdesk.example/v/7KQM-${tail}` },
  }
}

async function printOurs(folder: string, count: number): Promise<ActsRenderingRow> {
  const renderer = createRenderer({ size: 2 })
  const print = (from: number, size: number) =>
    Promise.all(
      Array.from({ length: size }, (_, at) =>
        renderer.render(actDocument, act(from + at), { toFile: join(folder, `${from + at}.pdf`) }),
      ),
    )
  await print(0, 20)
  const resident: number[] = []
  const cpuBefore = await cpuSeconds([process.pid, ...renderer.pids()])
  const started = performance.now()
  for (let done = 0; done < count; done += wave) {
    await print(done, Math.min(wave, count - done))
    resident.push(await residentMegabytes([process.pid, ...renderer.pids()]))
  }
  const seconds = (performance.now() - started) / 1000
  const cpu = (await cpuSeconds([process.pid, ...renderer.pids()])) - cpuBefore
  await renderer.close()
  return row('certdesk (Typst)', 2, count, seconds, cpu, resident)
}

async function printPdfmake(folder: string, count: number): Promise<ActsRenderingRow> {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/pt-serif/package.json'))
  pdfmake.setFonts({
    Serif: {
      normal: join(fonts, '400Regular/PTSerif_400Regular.ttf'),
      bold: join(fonts, '700Bold/PTSerif_700Bold.ttf'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts))
  const print = async (index: number) => {
    const bytes = await pdfmake.createPdf(pdfmakeAct(act(index))).getBuffer()
    const file = await open(join(folder, `peer-${index}.pdf`), 'w')
    await file.writeFile(bytes)
    await file.datasync()
    await file.close()
  }
  for (let index = 0; index < 5; index += 1) await print(index)
  const resident: number[] = []
  const cpuBefore = await cpuSeconds([process.pid])
  const started = performance.now()
  for (let index = 0; index < count; index += 1) {
    await print(index)
    if (index % 20 === 0) resident.push(await residentMegabytes([process.pid]))
  }
  const seconds = (performance.now() - started) / 1000
  return row('pdfmake', 1, count, seconds, (await cpuSeconds([process.pid])) - cpuBefore, resident)
}

function pdfmakeParty(role: string, { name, taxId, address, bank }: ActData['seller']) {
  return {
    stack: [
      { text: role, fontSize: 7 },
      { text: name, bold: true },
      `ИНН ${taxId ?? ''}`,
      address ?? '',
      bank ? `Р/с ${bank.account}` : '',
      bank?.name ?? '',
      bank ? `БИК ${bank.bic}, к/с ${bank.correspondentAccount ?? ''}` : '',
    ],
  }
}

/** The same act with the parts of the same kind: letterhead, code, requisites, table, totals, signatures. */
function pdfmakeAct(data: ActData): TDocumentDefinitions {
  const head = ['№', 'Наименование', 'Кол-во', 'Ед.', 'Цена', 'Без НДС', 'Ставка', 'НДС', 'Всего']
  return {
    defaultStyle: { font: 'Serif', fontSize: 8.5 },
    content: [
      {
        columns: [
          [{ text: data.seller.name, fontSize: 13, bold: true }, data.seller.address ?? ''],
          { qr: data.verification.link, fit: 54, width: 60 },
        ],
      },
      { text: `Акт № ${data.number} от ${data.issuedOn}`, fontSize: 16, bold: true, margin: [0, 10] },
      {
        columns: [pdfmakeParty('Исполнитель', data.seller), pdfmakeParty('Заказчик', data.customer)],
        margin: [0, 0, 0, 8],
      },
      {
        table: {
          headerRows: 1,
          widths: [12, '*', 34, 22, 46, 46, 40, 44, 46],
          body: [
            head.map((text) => ({ text, bold: true })),
            ...data.lines.map((line, index) => [
              String(index + 1),
              line.name,
              line.quantity,
              line.unit,
              formatSum(line.priceMinor),
              formatSum(line.netMinor),
              line.vatPercent ?? 'без НДС',
              formatSum(line.vatMinor),
              formatSum(line.totalMinor),
            ]),
          ],
        },
      },
      {
        text: `Итого ${formatSum(data.netMinor)}\nНДС ${formatSum(data.vatMinor)}\nВсего ${formatSum(data.totalMinor)}`,
        alignment: 'right',
      },
      { text: data.totalInWords, bold: true, margin: [0, 6] },
      'Перечисленные услуги оказаны полностью и в срок. Заказчик претензий по объёму, качеству и срокам не имеет.',
      {
        margin: [0, 20],
        columns: [data.sellerSignatory, data.customerSignatory].map(({ position, name }) => [
          position,
          `____________________ ${name ?? ''}`,
          'М. П.',
        ]),
      },
    ],
    footer: (page, pages) => ({ text: `Страница ${page} из ${pages}`, margin: [40, 0] }),
  }
}

function row(
  system: string,
  processes: number,
  acts: number,
  seconds: number,
  cpu: number,
  resident: number[],
): ActsRenderingRow {
  const tenth = Math.max(1, Math.floor(resident.length / 10))
  return {
    system,
    processes,
    acts,
    'acts/s': Math.round(acts / seconds),
    'ms CPU per act': Math.round((cpu / acts) * 10_000) / 10,
    'peak RSS, MB': Math.round(Math.max(...resident)),
    'RSS first → last tenth, MB': `${average(resident.slice(0, tenth))} → ${average(resident.slice(-tenth))}`,
  }
}

const average = (values: number[]) =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)

async function cpuSeconds(pids: number[]): Promise<number> {
  const ticks = await Promise.all(
    pids.map(async (pid) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
      return Number(fields[11]) + Number(fields[12])
    }),
  )
  return ticks.reduce((sum, value) => sum + value, 0) / 100
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { rows, ratio } = await actsRendering(Number(process.argv[2] ?? 2000))
  console.table(rows)
  console.log(`certdesk prints ${ratio} times as many acts a second`)
}
