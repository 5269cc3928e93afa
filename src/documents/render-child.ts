/** Owns typesetting: a process of its own, because a fault inside the native typesetter aborts the process it is in. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { leanFont } from './lean-font.ts'
import { qrSvg } from './qr.ts'
import { writeWholeFile, type WrittenFile } from './write-file.ts'

/** One document to print. `part` is the name it has until it is whole. */
export type RenderOrder = Readonly<{
  id: number
  kind: string
  version: number
  template: string
  sheet: string
  codes: Readonly<Record<string, string>>
  createdAt: number
  target: string
  part: string
}>

/** Archival PDF, or the plain one when a character of the data has no glyph in any embedded font. */
export type PdfStandard = 'a-3b' | '1.7'

export type RenderedFile = WrittenFile & { pages: number; standard: PdfStandard }

export type RenderReport =
  | { event: 'ready' }
  | { event: 'took'; ids: readonly number[] }
  | { event: 'laid-out'; id: number }
  | { event: 'done'; id: number; file: RenderedFile; rss: number }
  | { event: 'failed'; id: number; reason: string }

const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/pt-serif/package.json'))
const faces = ['400Regular/PTSerif_400Regular.ttf', '700Bold/PTSerif_700Bold.ttf']
const templates = process.argv[2] ?? '.'
const sheetFile = join(templates, 'sheet.json')
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontBlobs: faces.map((face) => leanFont(readFileSync(join(fonts, face)))) }],
})

const queue: RenderOrder[] = []
let working = false
let printed = 0

process.on('message', (orders: RenderOrder[]) => {
  void report({ event: 'took', ids: orders.map((order) => order.id) }).then(() => {
    queue.push(...orders)
    return work()
  })
})
process.on('disconnect', () => process.exit(0))
// A terminal interrupts the whole group; the parent decides when its children have finished.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
await report({ event: 'ready' })

async function work(): Promise<void> {
  if (working) return
  working = true
  for (let order = queue.shift(); order; order = queue.shift()) {
    try {
      const layout = layOut(order)
      // Reported before the next document begins, so that the parent knows which one a crash belongs to.
      await report({ event: 'laid-out', id: order.id })
      void save(order, layout)
    } catch (error) {
      await report({ event: 'failed', id: order.id, reason: reasonOf(error) })
    }
    // Memory stays flat only with both: pieces unused for twenty or thirty documents go, and the event loop turns so
    // that the native finalisers run. A price list is short, so its lines are met again before they go.
    printed += 1
    if (printed % 10 === 0) compiler.evictCache(3)
    await setImmediate()
  }
  working = false
}

type Layout = { pdf: Buffer; pages: number; standard: PdfStandard }

function layOut(order: RenderOrder): Layout {
  const sheet = {
    ...(JSON.parse(order.sheet) as object),
    kind: order.kind,
    version: order.version,
    codes: Object.fromEntries(Object.entries(order.codes).map(([name, payload]) => [name, qrSvg(payload)])),
  }
  // A template that counts its pages is laid out twice; one page, the usual case, is taken for granted first.
  const guess = compile(order.template, { ...sheet, pages: 1 })
  const result =
    guess.numOfPages === 1 ? guess : compile(order.template, { ...sheet, pages: guess.numOfPages })
  const options = { creationTimestamp: order.createdAt, pdfTags: false }
  try {
    return {
      pdf: compiler.pdf(result, { ...options, pdfStandard: 'a-3b' }),
      pages: result.numOfPages,
      standard: 'a-3b',
    }
  } catch (error) {
    if (!reasonOf(error).includes('could not be displayed')) throw error
    return {
      pdf: compiler.pdf(result, { ...options, pdfStandard: '1.7' }),
      pages: result.numOfPages,
      standard: '1.7',
    }
  }
}

/** The sheet comes as a file: `inputs` would be part of what every piece of layout depends on, so none could be used again. */
function compile(template: string, sheet: object): NodeTypstDocument {
  compiler.mapShadow(sheetFile, Buffer.from(JSON.stringify(sheet)))
  const compiled = compiler.compile({ mainFilePath: join(templates, template) })
  // A warning, such as an unknown font, would change how documents look, so it is a fault too.
  const faults = compiled.takeError() ?? compiled.takeWarnings()
  if (faults) throw new Error(compiler.fetchDiagnostics(faults).map(messageOf).join('; '))
  if (!compiled.result) throw new Error('The typesetter returned nothing')
  return compiled.result
}

async function save(order: RenderOrder, { pdf, pages, standard }: Layout): Promise<void> {
  try {
    const written = await writeWholeFile(pdf, order.target, order.part)
    const rss = process.memoryUsage.rss()
    await report({ event: 'done', id: order.id, file: { ...written, pages, standard }, rss })
  } catch (error) {
    await report({ event: 'failed', id: order.id, reason: reasonOf(error) })
  }
}

/** Resolves when the message has left this process, or when there is nobody to read it any more. */
function report(message: RenderReport): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send || !process.connected) resolve()
    else process.send(message, () => resolve())
  })
}

function messageOf(diagnostic: unknown): string {
  const { message } = diagnostic as { message?: unknown }
  return typeof message === 'string' ? message : String(diagnostic)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
