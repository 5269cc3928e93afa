/** Owns the proof that a document which kills the typesetter takes nothing else down, and that files are whole. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { createRenderer } from '../../src/documents/render.ts'
import { inFolder, testTemplates, textDocument, textOf } from './_fixtures.ts'

const plain = textDocument('plain')
const texts = (count: number) => Array.from({ length: count }, (_, index) => `Услуга ${index + 1}`)

test.serial('a document that aborts the native typesetter fails alone; the others are printed', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    const before = texts(6).map((text) =>
      renderer.render(plain, { text }, { toFile: join(folder, `${text}.pdf`) }),
    )
    const fatal = renderer.render(textDocument('abort'), { text: '' }, { toFile: join(folder, 'fatal.pdf') })
    const after = texts(20).map((text) =>
      renderer.render(plain, { text }, { toFile: join(folder, `2 ${text}.pdf`) }),
    )
    await t.throwsAsync(fatal, { code: 'document-render-crashed' } as never)
    await Promise.all([...before, ...after])
    t.is((await readdir(folder)).length, 26)
    t.false((await readdir(folder)).includes('fatal.pdf'))
    t.true((await textOf(join(folder, '2 Услуга 20.pdf'))).text.includes('Услуга 20'))
    await renderer.close()
  }),
)

test.serial(
  'a process killed from outside costs at most the document under its hand, and no half file stays',
  (t) =>
    inFolder(async (folder) => {
      const renderer = createRenderer({ size: 2, templates: testTemplates })
      const work = texts(120).map((text) =>
        renderer.render(plain, { text }, { toFile: join(folder, `${text}.pdf`) }),
      )
      await work[10]
      for (const pid of renderer.pids()) process.kill(pid, 'SIGKILL')
      const results = await Promise.allSettled(work)
      const failed = results.filter((result) => result.status === 'rejected')
      t.true(failed.length <= 2)
      for (const { reason } of failed) t.is(reason.code, 'document-render-crashed')
      const files = await readdir(folder)
      t.is(files.length, 120 - failed.length)
      for (const file of files)
        t.true((await readFile(join(folder, file))).subarray(-6).toString().includes('%%EOF'))
      await renderer.close()
    }),
)

test.serial('a document without end is stopped; the next one prints', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, killAfter: 5000, templates: testTemplates })
    const endless = renderer.render(
      textDocument('endless'),
      { text: '' },
      { toFile: join(folder, 'endless.pdf') },
    )
    const next = renderer.render(plain, { text: 'дальше' }, { toFile: join(folder, 'next.pdf') })
    await t.throwsAsync(endless, { code: 'document-render-timeout' } as never)
    t.is((await next).pages, 1)
    await renderer.close()
  }),
)

test.serial('a text that would abort the typesetter is given places to break and prints', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    const text = `${'я'.repeat(33_000)}\u0007\u202e\ud800`
    const printed = await renderer.render(plain, { text }, { toFile: join(folder, 'long.pdf') })
    t.is(printed.standard, 'a-3b')
    t.is((await textOf(join(folder, 'long.pdf'))).text.replace(/\s/g, ''), 'я'.repeat(10_000))
    await renderer.close()
  }),
)

test.serial('a character without a glyph costs the archival standard, not the document', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    const printed = await renderer.render(plain, { text: '合同 № 7' }, { toFile: join(folder, 'glyph.pdf') })
    t.is(printed.standard, '1.7')
    await renderer.close()
  }),
)

test.serial(
  'a fault of a template is an error with its reason: a missing key, an unknown font, no file',
  (t) =>
    inFolder(async (folder) => {
      const renderer = createRenderer({ size: 1, templates: testTemplates })
      const print = (name: string) =>
        renderer.render(textDocument(name), { text: '' }, { toFile: join(folder, 'fault.pdf') })
      await t.throwsAsync(print('no-such-key'), { message: /does not contain key "missing"/ })
      await t.throwsAsync(print('unknown-font'), { message: /unknown font family/ })
      await t.throwsAsync(print('no-such-file'), { message: /not found/ })
      t.deepEqual(await readdir(folder), [])
      await renderer.close()
    }),
)

test.serial('a disk that refuses fails the document and leaves nothing', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, templates: testTemplates })
    await writeFile(join(folder, 'file'), '')
    await t.throwsAsync(renderer.render(plain, { text: 'x' }, { toFile: join(folder, 'file', 'x.pdf') }), {
      message: /ENOTDIR|EEXIST/,
    })
    t.deepEqual(await readdir(folder), ['file'])
    await renderer.close()
  }),
)

test.serial(
  'the same data makes the same bytes in every process; two prints to one path leave one whole file',
  (t) =>
    inFolder(async (folder) => {
      const renderer = createRenderer({ size: 2, templates: testTemplates })
      const toFile = join(folder, 'one.pdf')
      const printed = await Promise.all(
        Array.from({ length: 16 }, () => renderer.render(plain, { text: 'одно и то же' }, { toFile })),
      )
      t.is(new Set(printed.map(({ sha256 }) => sha256)).size, 1)
      t.deepEqual(await readdir(folder), ['one.pdf'])
      t.true(printed.every(({ size }) => size === printed[0]?.size))
      t.is((await readFile(toFile)).subarray(-6).toString().trim(), '%%EOF')
      await renderer.close()
    }),
)

test.serial('processes are replaced after their share of documents', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 1, recycleAfter: 5, templates: testTemplates })
    const seen = new Set<number>()
    for (const text of texts(12)) {
      await renderer.render(plain, { text }, { toFile: join(folder, `${text}.pdf`) })
      for (const pid of renderer.pids()) seen.add(pid)
    }
    t.true(seen.size >= 2)
    await renderer.close()
    t.deepEqual(renderer.pids(), [])
  }),
)

test.serial('closing finishes what was accepted and refuses more', (t) =>
  inFolder(async (folder) => {
    const renderer = createRenderer({ size: 2, templates: testTemplates })
    const work = texts(30).map((text) =>
      renderer.render(plain, { text }, { toFile: join(folder, `${text}.pdf`) }),
    )
    await renderer.close()
    await Promise.all(work)
    t.is((await readdir(folder)).length, 30)
    await t.throwsAsync(renderer.render(plain, { text: 'x' }, { toFile: join(folder, 'x.pdf') }), {
      message: /closed/,
    })
  }),
)
