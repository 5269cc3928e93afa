/** Owns the printing of a paper that nobody keeps: its bytes, and nothing left on the disk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentDefinition } from './define-document.ts'
import { createRenderer } from './render.ts'

/** Starts a typesetting process for this one paper: such papers are few, and a web process prints nothing else. */
export async function printOnce<Data>(document: DocumentDefinition<Data>, data: Data): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-paper-'))
  const renderer = createRenderer({ size: 1 })
  try {
    const toFile = join(folder, 'paper.pdf')
    await renderer.render(document, data, { toFile })
    return await readFile(toFile)
  } finally {
    await renderer.close()
    await rm(folder, { recursive: true, force: true })
  }
}
