/** Owns joining PDF files: a process of its own for each job, so its memory and its time are nobody else's. */
import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { writeWholeFile, type WrittenFile } from './write-file.ts'

export type MergeOrder = Readonly<{
  files: readonly string[]
  target: string
  part: string
  createdAt: number
}>
export type MergeReport = { file: WrittenFile & { pages: number } } | { reason: string }

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))
process.once('message', (order: MergeOrder) => void work(order))

async function work(order: MergeOrder): Promise<void> {
  let report: MergeReport
  try {
    report = { file: await merge(order) }
  } catch (error) {
    report = { reason: error instanceof Error ? error.message : String(error) }
  }
  process.send?.(report, () => process.exit(0))
}

async function merge({
  files,
  target,
  part,
  createdAt,
}: MergeOrder): Promise<WrittenFile & { pages: number }> {
  const whole = await PDFDocument.create({ updateMetadata: false })
  whole.setCreationDate(new Date(createdAt))
  whole.setModificationDate(new Date(createdAt))
  for (const file of files) {
    const source = await PDFDocument.load(await readFile(file), { updateMetadata: false })
    const pages = await whole.copyPages(source, source.getPageIndices())
    for (const page of pages) whole.addPage(page)
  }
  const bytes = await whole.save({ useObjectStreams: true, addDefaultPage: false })
  return { ...(await writeWholeFile(bytes, target, part)), pages: whole.getPageCount() }
}
