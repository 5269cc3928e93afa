/** Workers killed while they deliver: each notification becomes one letter, none is lost and none is doubled. */
import test from 'ava'
import { chooseChannels } from '../../src/operations/notifications/choose-channels.ts'
import { notify } from '../../src/operations/notifications/notify.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { actorOf, as, buildOffice, buildUser, built } from '../_support/factories.ts'
import { allSettled, counts, hasty, startProcess, unsettled } from './_processes.ts'

await isolatedDatabase()
const topic: Topic = 'notification.deliver'
const events = 30

test('30 events for two people, two workers killed inside the commit, two to finish', async (t) => {
  const office = await buildOffice()
  const people = [await buildUser({ office }), await buildUser({ office })]
  for (const person of people)
    await chooseChannels(as(actorOf(person)), {
      kind: 'invoices-overdue',
      inBell: true,
      email: 'now',
      sms: false,
    })
  const tell = (occasion: number) =>
    built(() =>
      notify({
        kind: 'invoices-overdue',
        subjectId: office.id,
        occasion,
        officeId: office.id,
        params: { count: occasion, fresh: 1 },
        now: new Date(),
      }),
    )
  for (let occasion = 1; occasion <= events; occasion += 1) {
    // Two at once, and once more: the event is told once.
    const told = await Promise.all([tell(occasion), tell(occasion)])
    t.is(told[0] + told[1] + (await tell(occasion)), people.length)
  }
  t.is(await unsettled(topic), events * people.length)

  const plan = { topics: [topic], policies: { [topic]: hasty } }
  for (const dieAtFinish of [1, 2]) t.is(await startProcess(t, { ...plan, dieAtFinish }).exited, 'SIGKILL')
  t.true((await unsettled(topic)) > 0, 'the kills came too late to prove anything')
  const workers = [startProcess(t, plan), startProcess(t, plan)]
  await allSettled(topic)
  for (const worker of workers) t.is(await worker.stop(), 0)
  t.deepEqual(
    await counts(`select count(*)::integer as letters, count(distinct params ->> 'notificationId')::integer as told,
      count(distinct recipient)::integer as people,
      (select count(*)::integer from outbox where topic = 'mail.send') as messages
      from mails where kind = 'notification'`),
    { letters: events * 2, told: events * 2, people: 2, messages: events * 2 },
  )
})
