/** Owns the proof that many PDF files become one, in order, and that a broken one spoils nothing. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { mergePdf } from '../../src/documents/merge-pdf.ts'
import { createRenderer } from '../../src/documents/render.ts'
import { inFolder, testTemplates, textDocument, textOf } from './_fixtures.ts'

const plain = textDocument('plain')
const createdAt = new Date('2026-11-23T10:00:00Z')

test.serial('files are joined in the order given; the same files make the same bytes', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    const files = ['третий', 'первый', 'второй'].map((text) => join(folder, `${text}.pdf`))
    for (const file of files)
      await renderer.render(plain, { text: file.split('/').at(-1) ?? '' }, { toFile: file })
    await renderer.close()
    const one = await mergePdf(files, { toFile: join(folder, 'all.pdf'), createdAt })
    const two = await mergePdf(files, { toFile: join(folder, 'again.pdf'), createdAt })
    t.is(one.pages, 3)
    t.is(one.sha256, two.sha256)
    const { text } = await textOf(join(folder, 'all.pdf'))
    t.regex(text, /третий.*первый.*второй/)
  }),
)

test.serial('a file that is no PDF fails the whole join and leaves no file', (t) =>
  inFolder(async (folder) => {
    const broken = join(folder, 'broken.pdf')
    await writeFile(broken, 'not a PDF')
    await t.throwsAsync(mergePdf([broken], { toFile: join(folder, 'all.pdf'), createdAt }), {
      message: /were not joined/,
    })
    t.deepEqual(await readdir(folder), ['broken.pdf'])
    await t.throwsAsync(mergePdf([], { toFile: join(folder, 'all.pdf'), createdAt }))
  }),
)
