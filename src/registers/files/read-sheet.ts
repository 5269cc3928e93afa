/** Reads the first visible sheet of an .xlsx row by row: only its table of shared texts is held in memory, packed. */
import type { Readable } from 'node:stream'
import { DomainError } from '../../domain/errors.ts'
import { openZip, type Zip } from './open-zip.ts'
import type { TableRow } from './table-file.ts'

const rowsAtOnce = 1000
const largestPart = 4 * 1024 * 1024
/** A workbook whose texts are larger than this is better saved as CSV, and is told so. */
const largestTexts = 256 * 1024 * 1024
const widest = 200

const unreadable = () => new DomainError('xlsx-unreadable')

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML text and Excel's own escape of control characters, `_x000D_`. */
function unescape(text: string): string {
  const plain = text.includes('&')
    ? text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
        if (!name.startsWith('#')) return ENTITIES[name] ?? whole
        const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
        return code <= 0x10ffff ? String.fromCodePoint(code) : ''
      })
    : text
  return plain.includes('_x') ? plain.replace(/_x([0-9A-F]{4})_/gi, ' ') : plain
}

/** Cuts a stream of XML into whole elements of one name; what stands between them is dropped. */
async function* elements(source: Readable, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const whole = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*?)?(?:/>|>[\\s\\S]*?</(?:\\w+:)?${name}>)`, 'g')
  let rest = ''
  try {
    for await (const chunk of source) {
      rest += decoder.decode(chunk as Buffer, { stream: true })
      let end = 0
      for (const match of rest.matchAll(whole)) {
        yield match[0]
        end = match.index + match[0].length
      }
      rest = rest.slice(end)
      if (rest.length > largestPart) throw unreadable()
    }
  } catch (fault) {
    if (fault instanceof DomainError) throw fault
    // Damaged packing: zlib's errors have a code of their own.
    if (String((fault as { code?: unknown }).code).startsWith('Z_')) throw unreadable()
    throw fault
  } finally {
    source.destroy()
  }
}

/** Every `<t>` of a text, which may be cut into runs of different looks; hints for reading aloud are left out. */
function textOf(xml: string): string {
  const spoken = xml.includes('rPh') ? xml.replace(/<(?:\w+:)?rPh[\s\S]*?<\/(?:\w+:)?rPh>/g, '') : xml
  let text = ''
  for (const [, part] of spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?(?<!\/)>([\s\S]*?)<\/(?:\w+:)?t>/g))
    text += part
  return unescape(text)
}

/** Texts behind one another as bytes, and where each ends: a million of them cost little more than their letters. */
class SharedTexts {
  #bytes = Buffer.allocUnsafe(1024 * 1024)
  #ends = new Uint32Array(65_536)
  #count = 0

  add(text: string): void {
    const start = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] as number)
    const end = start + Buffer.byteLength(text)
    if (end > largestTexts) throw new DomainError('register-file-save-as-csv')
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(largestTexts, Math.max(end, this.#bytes.length * 2)))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    if (this.#count === this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2)
      longer.set(this.#ends)
      this.#ends = longer
    }
    this.#bytes.write(text, start)
    this.#ends[this.#count] = end
    this.#count += 1
  }

  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) return ''
    const start = index === 0 ? 0 : (this.#ends[index - 1] as number)
    return this.#bytes.toString('utf8', start, this.#ends[index])
  }
}

async function sharedTexts(zip: Zip): Promise<SharedTexts> {
  const texts = new SharedTexts()
  const name = zip.names.find((one) => /^xl\/sharedStrings\.xml$/i.test(one))
  if (name) for await (const element of elements(await zip.read(name), 'si')) texts.add(textOf(element))
  return texts
}

async function wholeText(zip: Zip, pattern: RegExp): Promise<string> {
  const name = zip.names.find((one) => pattern.test(one))
  if (!name) throw unreadable()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of await zip.read(name)) {
    size += (chunk as Buffer).length
    if (size > largestPart) throw unreadable()
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const attribute = (xml: string, name: string): string | undefined =>
  new RegExp(`\\s(?:\\w+:)?${name}="([^"]*)"`).exec(xml)?.[1]

/** The part of the first sheet that is not hidden. */
async function firstSheet(zip: Zip): Promise<string> {
  const workbook = await wholeText(zip, /^xl\/workbook\.xml$/i)
  const relations = await wholeText(zip, /^xl\/_rels\/workbook\.xml\.rels$/i)
  const sheets = workbook.match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? []
  const sheet = sheets.find((xml) => !/hidden/i.test(attribute(xml, 'state') ?? ''))
  const id = sheet?.match(/\s\w+:id="([^"]*)"/)?.[1]
  const relation = (relations.match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? []).find(
    (xml) => attribute(xml, 'Id') === id,
  )
  const target = attribute(relation ?? '', 'Target')
  if (id === undefined || !target) throw unreadable()
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  const name = zip.names.find((one) => one.toLowerCase() === path.toLowerCase())
  if (!name) throw unreadable()
  return name
}

/** `AB` → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

/** Whole numbers as Excel keeps them, without an exponent. */
const numberText = (raw: string): string => {
  const value = Number(raw)
  return /e/i.test(raw) && Number.isSafeInteger(value) ? String(value) : raw
}

function cellText(attributes: string, content: string, texts: SharedTexts): string {
  const type = attribute(attributes, 't') ?? 'n'
  if (type === 'inlineStr') return textOf(content)
  const raw = /<(?:\w+:)?v(?:\s[^>]*)?(?<!\/)>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1] ?? ''
  if (type === 's') return texts.at(Number(raw))
  if (type === 'e') return ''
  return type === 'n' ? numberText(raw) : unescape(raw)
}

const CELL = /<(?:\w+:)?c((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g

function cellsOf(row: string, texts: SharedTexts): string[] {
  const cells: string[] = []
  for (const [, attributes = '', content] of row.matchAll(CELL)) {
    const reference = attribute(attributes, 'r')
    const at = reference === undefined ? cells.length : columnOf(reference)
    if (at < 0 || at >= widest) continue
    while (cells.length < at) cells.push('')
    cells[at] = content === undefined ? '' : cellText(attributes, content, texts)
  }
  return cells
}

/** @throws DomainError `xlsx-unreadable`, `register-file-save-as-csv` */
export async function* readSheet(path: string): AsyncGenerator<TableRow[]> {
  const zip = await openZip(path)
  try {
    const sheet = await firstSheet(zip)
    const texts = await sharedTexts(zip)
    let number = 0
    let rows: TableRow[] = []
    for await (const xml of elements(await zip.read(sheet), 'row')) {
      const open = xml.slice(0, xml.indexOf('>'))
      number = Number(attribute(open, 'r')) || number + 1
      rows.push({ number, cells: cellsOf(xml, texts) })
      if (rows.length === rowsAtOnce) {
        yield rows
        rows = []
      }
    }
    if (rows.length > 0) yield rows
  } finally {
    await zip.close()
  }
}

/** What the sheet says of its own size; null when it does not. */
export async function rowsOfSheet(path: string): Promise<number | null> {
  const zip = await openZip(path)
  try {
    const source = await zip.read(await firstSheet(zip))
    let head = ''
    for await (const chunk of source) {
      head += (chunk as Buffer).toString('latin1')
      if (head.includes('sheetData') || head.length > 65_536) break
    }
    source.destroy()
    const last = /<(?:\w+:)?dimension\s[^>]*ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(head)?.[1]
    return last === undefined ? null : Number(last)
  } finally {
    await zip.close()
  }
}
