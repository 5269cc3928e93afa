import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import test, { type ExecutionContext } from 'ava'
import exceljs from 'exceljs'
import { fileStore } from '../../src/storage/files.ts'

const temporaryFolder = async (t: ExecutionContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-files-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return folder
}

const signature = Buffer.concat([Buffer.from('3082010006092a864886f70d010702a082', 'hex'), randomBytes(240)])
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const workbook = async () => {
  const book = new exceljs.Workbook()
  book.addWorksheet('Лист').addRow(['a'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function* breakingOff() {
  await Promise.resolve()
  yield Buffer.from('%PDF-1.7\n')
  throw new Error('connection lost')
}

test('a file comes back as it went in, under a key of ours', async (t) => {
  const files = fileStore(await temporaryFolder(t))
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)])
  const stored = await files.put(Readable.from([content.subarray(0, 1000), content.subarray(1000)]))
  t.regex(stored.key, /^[0-9a-f]{2}\/[0-9a-f-]{36}$/)
  t.is(stored.size, content.length)
  t.is(stored.mime, 'application/pdf')
  t.is(stored.sha256, createHash('sha256').update(content).digest('hex'))
  const { stream, size } = await files.open(stored.key)
  t.is(size, content.length)
  t.deepEqual(await buffer(stream), content)
  t.is(await files.digest(stored.key), stored.sha256)
  const part = await files.open(stored.key, { start: 0, end: 3 })
  t.is((await buffer(part.stream)).toString(), '%PDF')
})

test('types are told by content', async (t) => {
  const files = fileStore(await temporaryFolder(t))
  const mime = async (content: Buffer | string) => (await files.put(Buffer.from(content))).mime
  t.is(await mime(png), 'image/png')
  t.is(await mime(await workbook()), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  t.is(await mime('<?xml version="1.0"?><request/>'), 'application/xml')
  t.is(await mime('Счёт № 1\r\n'), 'text/plain')
  t.is(await mime(Buffer.from([0xd1, 0xf7, 0xb8, 0xf2, 0x0a])), 'text/plain')
  t.is(await mime(signature), 'application/pkcs7-signature')
})

for (const [what, content] of [
  ['a program', Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)])],
  ['a web page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
  ['a picture that can run scripts', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>')],
  ['an animation', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
  ['noise', Buffer.from('0001020304050607', 'hex')],
] as const) {
  test(`${what} is refused and leaves nothing`, async (t) => {
    const folder = await temporaryFolder(t)
    await t.throwsAsync(fileStore(folder).put(content), { name: 'DomainError', message: 'file-type-refused' })
    t.deepEqual(await readdir(join(folder, 'incoming')), [])
  })
}

test('our own files need no examination', async (t) => {
  const files = fileStore(await temporaryFolder(t))
  t.is((await files.put(Buffer.from('{}'), { mime: 'application/json' })).mime, 'application/json')
})

test('a file over the limit stops being read and leaves nothing', async (t) => {
  const folder = await temporaryFolder(t)
  let read = 0
  const endless = async function* () {
    for (;;) {
      await Promise.resolve()
      read++
      yield Buffer.alloc(64 * 1024, 0x41)
    }
  }
  await t.throwsAsync(fileStore(folder).put(endless(), { maxSize: 1024 * 1024 }), {
    message: 'file-too-large',
  })
  t.is(read, 17)
  t.deepEqual(await readdir(join(folder, 'incoming')), [])
})

test('a reader that breaks off leaves nothing', async (t) => {
  const folder = await temporaryFolder(t)
  await t.throwsAsync(fileStore(folder).put(breakingOff()), { message: 'connection lost' })
  t.deepEqual(await readdir(join(folder, 'incoming')), [])
})

test('an empty file is refused', async (t) => {
  await t.throwsAsync(fileStore(await temporaryFolder(t)).put(Buffer.alloc(0)), { message: 'file-empty' })
})

test('a path is copied, not moved', async (t) => {
  const folder = await temporaryFolder(t)
  const source = join(folder, 'source.txt')
  await writeFile(source, 'text')
  const files = fileStore(join(folder, 'store'))
  const { key } = await files.put({ path: source })
  t.is(await readFile(files.pathOf(key), 'utf8'), 'text')
  t.is(await readFile(source, 'utf8'), 'text')
})

test('nothing but a key opens a file', async (t) => {
  const folder = await temporaryFolder(t)
  const files = fileStore(join(folder, 'store'))
  await writeFile(join(folder, 'secret'), 'secret')
  const { key } = await files.put(Buffer.from('text'))
  await symlink(join(folder, 'secret'), join(folder, 'store', key.slice(0, 2), 'link'))
  for (const evil of [
    '../secret',
    '/etc/passwd',
    `${key}/../link`,
    `${key.slice(0, 2)}/link`,
    `${key}\0`,
    '',
    `./${key}`,
  ]) {
    await t.throwsAsync(files.open(evil), { message: /not a key/ }, evil)
    t.throws(() => files.pathOf(evil), { message: /not a key/ }, evil)
  }
})

test('removing twice is as good as once, and then it is missing', async (t) => {
  const files = fileStore(await temporaryFolder(t))
  const { key } = await files.put(Buffer.from('text'))
  await files.remove(key)
  await files.remove(key)
  await t.throwsAsync(files.open(key), { message: 'file-missing' })
  await t.throwsAsync(files.digest(key), { message: 'file-missing' })
})

test('two machines with one folder see the same files', async (t) => {
  const folder = await temporaryFolder(t)
  const [here, there] = [fileStore(folder), fileStore(folder)]
  const stored = await Promise.all(
    [1, 2, 3, 4].map((n) => (n % 2 ? here : there).put(Buffer.from(`text ${n}`))),
  )
  const listed: string[] = []
  for await (const { key } of there.list()) listed.push(key)
  t.deepEqual(listed.sort(), stored.map(({ key }) => key).sort())
})

test('what a dead writer left is swept, what a living one writes is not', async (t) => {
  const folder = await temporaryFolder(t)
  const files = fileStore(folder)
  await files.put(Buffer.from('text'))
  await writeFile(join(folder, 'incoming', 'old'), 'half')
  await utimes(join(folder, 'incoming', 'old'), new Date('2026-01-01'), new Date('2026-01-01'))
  await writeFile(join(folder, 'incoming', 'new'), 'half')
  t.is(await files.sweep(new Date('2026-01-02')), 1)
  t.deepEqual(await readdir(join(folder, 'incoming')), ['new'])
})
