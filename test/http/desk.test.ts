import { setTimeout as sleep } from 'node:timers/promises'
import { mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { deskChannel, notifyDesk, type DeskNotice } from '../../src/db/notify-desk.ts'
import { dedicatedClient } from '../../src/db/pool.ts'
import { Document } from '../../src/models/document.ts'
import { FolderFile } from '../../src/models/folder-file.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { User } from '../../src/models/user.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { fileStore } from '../../src/storage/files.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorFor,
  actorOf,
  buildOffice,
  buildOrganisation,
  buildReadyDocuments,
  buildUser,
} from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { startDesk } from './_desk.ts'

const folder = join(tmpdir(), `desk-files-${process.pid}`)
mkdirSync(folder)
const store = () => fileStore(folder)
const deskFor = (t: ExecutionContext, actor: Actor) => startDesk(t, actor, store)
await isolatedDatabase()
test.after.always(() => rm(folder, { recursive: true, force: true }))

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

const formWith = (...files: [string, Buffer][]): FormData => {
  const form = new FormData()
  for (const [name, bytes] of files) form.append('file', new Blob([new Uint8Array(bytes)]), name)
  return form
}

const bytesOnDisk = async (): Promise<number> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length

test.serial('every question is answered, is not cached, and refuses what it cannot read', async (t) => {
  const sold = await buildReadyDocuments()
  const { get } = await deskFor(t, sold.operator)
  const { id } = sold.organisation
  const questions = [
    '/desk/search?q=полюс',
    '/desk/counters',
    '/desk/chips/invoices?filters.state=paid',
    '/desk/queue',
    '/desk/queue?kind=acts-to-publish&page=2',
    '/desk/home',
    '/desk/work',
    `/desk/organisations/${id}`,
    `/desk/organisations/${id}/lines?page=1`,
    `/desk/history/organisations/${id}`,
  ]
  for (const question of questions) {
    const answer = await get(question)
    t.is(answer.status, 200, question)
    t.is(answer.headers.get('cache-control'), 'no-store', question)
    t.truthy(await answer.json(), question)
  }
  for (const wrong of [
    '/desk/queue?kind=x',
    '/desk/queue?page=0',
    '/desk/organisations/x',
    '/desk/history/Users/1',
  ]) {
    const answer = await get(wrong)
    t.is(answer.status, 422, wrong)
    t.is(((await answer.json()) as { code: string }).code, 'bad-request', wrong)
  }
  t.is((await get('/desk/jobs')).status, 403)
  t.is((await get('/desk/organisations/999999999')).status, 404)
})

test.serial('preferences are merged and only the asker is changed', async (t) => {
  const user = await buildUser()
  const { post } = await deskFor(t, actorOf(user))
  t.is((await post('/desk/preferences', { columns: { invoices: ['number'] }, recent: [5] })).status, 204)
  t.is(
    (await post('/desk/preferences', { columns: { mails: ['subject'] }, perPage: 50, language: 'en' }))
      .status,
    204,
  )
  const kept = await User.findByPk(user.id, { rejectOnEmpty: true })
  t.deepEqual(kept.preferences, {
    columns: { invoices: ['number'], mails: ['subject'] },
    recent: [5],
    perPage: 50,
  })
  t.is(kept.language, 'en')
  t.is((await post('/desk/preferences', { role: 'administrator' })).status, 422)
  t.is((await User.findByPk(user.id, { rejectOnEmpty: true })).role, 'operator')
})

test.serial('background work is cancelled and mended only by those who may', async (t) => {
  const operator = await deskFor(t, actorFor('operator', await buildOffice()))
  t.is((await operator.post('/desk/work/cancel', { key: 'export-12' })).status, 204)
  t.deepEqual(operator.cancelled, [12])
  t.is((await operator.post('/desk/work/cancel', { key: 'batch-1' })).status, 422)
  t.is((await operator.post('/desk/jobs/failures/1/retry', {})).status, 403)
  t.is((await operator.post('/desk/jobs/seal-audit-trail/pause', {})).status, 403)
  const support = await deskFor(t, actorFor('support', null))
  t.is((await support.post('/desk/jobs/failures/1/retry', {})).status, 204)
  t.is((await support.post('/desk/jobs/no-such-job/run', {})).status, 404)
})

test.serial(
  'files go into the folder together or not at all, and out again under their own name',
  async (t) => {
    const office = await buildOffice()
    const organisation = await buildOrganisation({ office })
    const { base, get } = await deskFor(t, actorFor('operator', office))
    const upload = (form: FormData, to = organisation.id) =>
      fetch(`${base}/desk/organisations/${to}/files`, { method: 'POST', body: form })

    const taken = await upload(
      formWith(['Устав «Полюс».pdf', pdf], ['../../заметка.txt', Buffer.from('привет')]),
    )
    t.is(taken.status, 201)
    const { files } = (await taken.json()) as { files: { id: number; title: string }[] }
    t.deepEqual(
      files.map(({ title }) => title),
      ['Устав «Полюс».pdf', 'заметка.txt'],
    )
    t.is(await bytesOnDisk(), 2)

    const [first, second] = files
    const saved = await get(`/files/folder/${first?.id}`)
    t.is(
      saved.headers.get('content-disposition'),
      `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('Устав «Полюс».pdf')}`,
    )
    t.is(saved.headers.get('cache-control'), 'private, no-store')
    t.is(saved.headers.get('x-content-type-options'), 'nosniff')
    t.deepEqual(Buffer.from(await saved.arrayBuffer()), pdf)
    const preview = await get(`/files/folder/${second?.id}?preview=1`)
    t.is(preview.headers.get('content-type'), 'text/plain; charset=utf-8')
    t.regex(preview.headers.get('content-disposition') ?? '', /^inline/)
    t.regex(preview.headers.get('content-security-policy') ?? '', /^sandbox/)
    t.is(await preview.text(), 'привет')
    t.notRegex(
      (await get(`/files/folder/${first?.id}?preview=1`)).headers.get('content-security-policy') ?? '',
      /sandbox/,
    )

    const refused = await upload(
      formWith(['хороший.pdf', pdf], ['страница.pdf', Buffer.from('<html><script>1</script>')]),
    )
    t.is(refused.status, 422)
    t.is(((await refused.json()) as { code: string }).code, 'file-type-refused')
    const tooLarge = await upload(formWith(['большой.txt', Buffer.alloc(25 * 1024 * 1024 + 1, 'а')]))
    t.is(((await tooLarge.json()) as { code: string }).code, 'file-too-large')
    t.is((await upload(new FormData())).status, 422)
    t.is(await bytesOnDisk(), 2)
    t.is(await FolderFile.count(), 2)
    t.is(await StoredFile.count({ where: { organisationId: organisation.id } }), 2)
  },
)

test.serial('neither a stranger nor a role without the right puts a file in or takes one out', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = await deskFor(t, actorFor('operator', office))
  const path = `/desk/organisations/${organisation.id}/files`
  const send = (base: string) => fetch(`${base}${path}`, { method: 'POST', body: formWith(['а.pdf', pdf]) })
  const { files } = (await (await send(operator.base)).json()) as { files: { id: number }[] }
  const before = await bytesOnDisk()
  const stranger = await deskFor(t, actorFor('operator', await buildOffice()))
  const accountant = await deskFor(t, actorFor('accountant', office))
  t.is((await send(stranger.base)).status, 404)
  t.is((await send(accountant.base)).status, 403)
  t.is(await bytesOnDisk(), before)
  for (const { get } of [stranger, accountant]) t.is((await get(`/files/folder/${files[0]?.id}`)).status, 404)
  for (const wrong of ['/files/folder/0', '/files/folder/x', '/files/stored/1', '/files/export/1'])
    t.is((await operator.get(wrong)).status, 404, wrong)

  const sold = await buildReadyDocuments({ office })
  const document = await Document.findByPk(sold.documents[0]?.id ?? 0, { rejectOnEmpty: true })
  const stored = await store().put(pdf)
  await StoredFile.update({ storageKey: stored.key }, { where: { id: document.fileId ?? '' } })
  t.is((await operator.get(`/files/document/${document.id}`)).status, 200)
  t.is((await stranger.get(`/files/document/${document.id}`)).status, 404)
})

test.serial(
  'a change is told to the screens it concerns, once for many, and only after its commit',
  async (t) => {
    const office = await buildOffice()
    const actor = actorFor('operator', office)
    const { base } = await deskFor(t, actor)
    const stop = new AbortController()
    const answer = await fetch(`${base}/desk/events`, { signal: stop.signal })
    t.is(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    let heard = ''
    const reading = (async () => {
      const decoder = new TextDecoder()
      for await (const chunk of answer.body ?? []) heard += decoder.decode(chunk, { stream: true })
    })().catch((fault: unknown) => t.true(stop.signal.aborted, String(fault)))
    const events = () => heard.match(/event: (counters|work)/g) ?? []
    // The first connection tells everything once, for whatever happened before it.
    await until(() => events().length >= 2, 'both events of the beginning')
    heard = ''
    for (let time = 0; time < 5; time += 1) await notifyDesk({ topic: 'counters', officeId: office.id })
    await notifyDesk({ topic: 'counters', officeId: office.id + 1000 })
    await notifyDesk({ topic: 'work', officeId: office.id, userId: -1 })
    await until(() => events().length > 0, 'an event')
    await sleep(500)
    t.deepEqual(events(), ['event: counters'])
    heard = ''
    await t.throwsAsync(
      atomic(async () => {
        await notifyDesk({ topic: 'work', userId: actor.id })
        throw new Error('rolled back')
      }),
    )
    await sleep(500)
    t.deepEqual(events(), [])
    stop.abort()
    await reading
  },
)

test.serial(
  'papers that were printed are told to the rows on the screens, not only to the work',
  async (t) => {
    const office = await buildOffice()
    const client = dedicatedClient()
    await client.connect()
    t.teardown(() => client.end())
    const heard: DeskNotice[] = []
    client.on('notification', ({ payload }) => {
      const notice = JSON.parse(payload ?? '') as DeskNotice
      if (notice.officeId === office.id) heard.push(notice)
    })
    await client.query(`listen ${deskChannel}`)
    await buildReadyDocuments({ office })
    // Nothing came after the printing: what it said is the last that is heard.
    await until(
      () =>
        heard
          .slice(-2)
          .map(({ topic }) => topic)
          .join() === 'work,counters',
      'the word of the printed papers',
    )
    t.pass()
  },
)
