import test, { type ExecutionContext } from 'ava'
import type { NotificationList, NotificationSettings } from '../../admin/notification-types.ts'
import { notify } from '../../src/operations/notifications/notify.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { actorOf, buildOffice, buildRequest, buildUser, built } from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { startDesk } from './_desk.ts'

await isolatedDatabase()

async function listening(t: ExecutionContext, actor: Actor) {
  const desk = await startDesk(t, actor)
  const stop = new AbortController()
  const answer = await fetch(`${desk.base}/desk/events`, { signal: stop.signal })
  const heard: number[] = []
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? [])
      for (const [, unread] of decoder
        .decode(chunk)
        .matchAll(/event: notifications\ndata: \{"unread":(\d+)\}/g))
        heard.push(Number(unread))
  })().catch((fault: unknown) => {
    if (!stop.signal.aborted) throw fault
  })
  t.teardown(async () => {
    stop.abort()
    await reading
  })
  return { ...desk, heard }
}

test.serial(
  'the bell counts at the opening, at each notification and at its reading, and nobody else hears',
  async (t) => {
    const office = await buildOffice()
    const [one, other] = [await buildUser({ office }), await buildUser({ office })]
    const { request } = await buildRequest({ office })
    const mine = await listening(t, actorOf(one))
    const theirs = await listening(t, actorOf(other))
    await until(() => mine.heard.length >= 1, 'the bell')
    await until(() => theirs.heard.length >= 1, 'the bell')
    t.is(mine.heard.at(-1), 0)
    const tell = (occasion: string) =>
      built(() =>
        notify({
          kind: 'request-refused',
          subjectId: request.id,
          occasion,
          officeId: office.id,
          recipients: [one.id],
          now: new Date(),
        }),
      )
    t.is(await tell('1'), 1)
    await until(() => mine.heard.includes(1), 'the bell')
    t.is(await tell('1'), 0, 'the same event tells nobody twice')
    t.is(await tell('2'), 1)
    await until(() => mine.heard.includes(2), 'the bell')
    t.is(mine.heard.at(-1), 2)

    const list = async (query = '') =>
      (await (await mine.get(`/desk/notifications${query}`)).json()) as NotificationList
    const { items, unread, hasMore } = await list('?limit=1')
    t.like({ unread, hasMore, count: items.length }, { unread: 2, hasMore: true, count: 1 })
    t.is(items[0]?.title, `Запрос № ${request.number} отклонён`)
    t.regex((await list('?language=en')).items[0]?.title ?? '', /^Request .* was refused$/)
    t.is(items[0]?.href, `/admin/resources/accounting-requests/records/${request.id}/show`)

    t.is((await theirs.post('/desk/notifications/read', { ids: items.map(({ id }) => id) })).status, 204)
    t.is((await list()).unread, 2, 'nobody reads for somebody else')
    t.is((await mine.post('/desk/notifications/read', { ids: items.map(({ id }) => id) })).status, 204)
    await until(() => mine.heard.at(-1) === 1, 'the bell')
    t.deepEqual(
      (await list()).items.map(({ isRead }) => isRead),
      [false, true],
      'the unread stand first',
    )
    t.is((await mine.post('/desk/notifications/read', {})).status, 204)
    t.is((await list()).unread, 0)
    t.true(theirs.heard.every((count) => count === 0))
  },
)

test.serial('a person chooses the ways of each kind, and only of kinds they are told of', async (t) => {
  const office = await buildOffice()
  const user = await buildUser({ office })
  const { get, post } = await startDesk(t, actorOf(user))
  const settings = async () =>
    (await (await get('/desk/notifications/settings')).json()) as NotificationSettings
  const choiceOf = async (kind: string) => (await settings()).choices.find((choice) => choice.kind === kind)
  t.is((await settings()).email, user.email)
  t.is(await choiceOf('job-late'), undefined, 'an operator is never told of jobs')
  const choose = (body: object) => post('/desk/notifications/settings', body)
  t.is((await choose({ kind: 'request-answered', inBell: false, email: 'now', sms: false })).status, 204)
  t.like(await choiceOf('request-answered'), { inBell: false, email: 'now', isChosen: true })
  t.is((await choose({ kind: 'request-answered', inBell: true, email: 'off', sms: false })).status, 204)
  t.like(await choiceOf('request-answered'), { inBell: true, email: 'off', isChosen: false })
  t.is((await choose({ kind: 'my-queue', inBell: true, email: 'now', sms: true })).status, 204)
  t.like(await choiceOf('my-queue'), { inBell: false, email: 'digest', sms: false })
  t.is((await choose({ kind: 'job-late', inBell: true, email: 'off', sms: false })).status, 404)
  t.is((await choose({ kind: 'no-such-kind', inBell: true, email: 'off', sms: false })).status, 422)
})
