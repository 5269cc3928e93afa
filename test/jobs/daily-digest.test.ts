/** The morning letter: at half past eight where the reader is, once a day, and never about nothing. */
import test from 'ava'
import { dailyDigest } from '../../jobs/daily-digest.ts'
import { Mail } from '../../src/models/mail.ts'
import { chooseChannels } from '../../src/operations/notifications/choose-channels.ts'
import { notify } from '../../src/operations/notifications/notify.ts'
import { digestOf } from '../../src/queries/notifications/digest.ts'
import { dailyDigestMail } from '../../templates/mails/daily-digest/mail.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { later, moscow } from '../_support/clock.ts'
import { actorOf, as, buildOffice, buildPaidInvoice, buildUser, built } from '../_support/factories.ts'

await isolatedDatabase()
const run = (now: Date) => dailyDigest.run({ now, period: null, signal: new AbortController().signal })
const lettersTo = (email: string) =>
  Mail.findAll({ where: { kind: 'daily-digest', recipient: email }, order: ['id'] })
const morning = moscow('2026-11-23 08:30')

test(
  'it comes at half past eight of the reader, once, and says what waits and what happened',
  isolated(async (t) => {
    const office = await buildOffice()
    await buildPaidInvoice({ office })
    const here = await buildUser({ office })
    const east = await buildUser({ office, timezone: 'Asia/Vladivostok' })
    const told = () =>
      notify({
        kind: 'invoices-overdue',
        subjectId: office.id,
        officeId: office.id,
        recipients: [here.id],
        params: { count: 3, fresh: 1 },
        now: later(morning, { hours: -2 }),
      })
    t.is(await built(told), 1)
    await run(later(morning, { minutes: -1 }))
    t.deepEqual(await lettersTo(here.email), [], 'not a minute before')
    for (let time = 0; time < 2; time += 1) await run(morning)
    const [letter, ...more] = await lettersTo(here.email)
    t.deepEqual(more, [])
    t.deepEqual(
      await lettersTo(east.email),
      [],
      'in Vladivostok it is the afternoon: today is over for letters',
    )
    const composed = await dailyDigestMail.compose(letter?.params, {
      recipient: here.email,
      recipientName: null,
      language: 'ru',
      linkAddress: null,
      linkExpiresAt: null,
      publicUrl: 'https://office.example',
      now: morning,
    })
    t.regex(composed?.subject ?? '', /^Сводка на 23.ноября: .*ждёт.*1 новость$/)
    t.regex(composed?.text ?? '', /Просрочено 3 счёта/)
    t.regex(composed?.text ?? '', /https:\/\/office\.example\/admin\/pages\/notifications/)

    await run(later(morning, { days: 1 }))
    t.is((await lettersTo(here.email)).length, 2)
    t.deepEqual((await digestOf(here.id, '2026-11-24', morning))?.news, [], 'news is told by one letter only')
  }),
)

test(
  'nothing to say and no wish to hear are no letter',
  isolated(async (t) => {
    const idle = await buildUser({ office: await buildOffice() })
    const office = await buildOffice()
    await buildPaidInvoice({ office })
    const silent = await buildUser({ office })
    const gone = await buildUser({ office, state: 'blocked' })
    await chooseChannels(as(actorOf(silent)), { kind: 'my-queue', inBell: false, email: 'off', sms: false })
    await run(morning)
    for (const { email } of [idle, silent, gone]) t.deepEqual(await lettersTo(email), [])
  }),
)
