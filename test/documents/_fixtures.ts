/** Owns what the tests of printing share: small documents, a folder of their own, the text of a PDF. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractText, getDocumentProxy } from 'unpdf'
import { z } from 'zod'
import { defineDocument } from '../../src/documents/define-document.ts'

export const testTemplates = fileURLToPath(new URL('_templates', import.meta.url))

/** A document of one text, printed by a template of this folder. */
export const textDocument = (name: string) =>
  defineDocument<{ text: string }>(name, {
    version: 1,
    template: `/${name}.typ`,
    schema: z.strictObject({ text: z.string() }),
    fileName: ({ text }) => `${text}.pdf`,
    issuedOn: () => '2026-11-23',
    sheet: (data) => data,
    codes: () => ({}),
    samples: {},
  })

/** Runs the work in a new folder and removes it. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The words of a PDF as a reader copies them, spaces evened out, places to break removed. */
export async function textOf(file: string): Promise<{ text: string; pages: number }> {
  const pdf = await getDocumentProxy(new Uint8Array(await readFile(file)))
  const { text, totalPages } = await extractText(pdf, { mergePages: true })
  await pdf.loadingTask.destroy()
  return { text: text.replaceAll('\u200b', '').replace(/\s+/g, ' '), pages: totalPages }
}
