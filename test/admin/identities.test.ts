/** Who somebody is: papers told, checked by the office, confirmed by sight, and never read where nobody needs them. */
import test from 'ava'
import { hasText } from '../../admin/locale/index.ts'
import type { IdentitySheet, OwnIdentity, PaperFacts } from '../../admin/identity-types.ts'
import { identityCheckBy } from '../../jobs/handlers/identity-check.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { languages } from '../../src/domain/language.ts'
import { accountLevels } from '../../src/domain/states/account-level.ts'
import type { IdentityChecker } from '../../src/identity/define-checker.ts'
import { refusals } from '../../src/identity/define-verifier.ts'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { Identity } from '../../src/models/identity.ts'
import { Notification } from '../../src/models/notification.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { User } from '../../src/models/user.ts'
import { confirmAtCentre } from '../../src/operations/identities/confirm-identity.ts'
import { passIdentity, refuseIdentity } from '../../src/operations/identities/decide-identity.ts'
import { submitIdentity, withdrawIdentity } from '../../src/operations/identities/submit-identity.ts'
import { editProfile } from '../../src/operations/users/edit-profile.ts'
import { can } from '../../src/policies/define-policy.ts'
import { notificationReader } from '../../src/queries/notifications/reader.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorOf,
  as,
  buildChecked,
  buildClient,
  buildIdentity,
  buildOffice,
  buildOrganisation,
  buildUser,
  freshPapers,
  testPapers,
} from '../_support/factories.ts'
import { connectPeer, signedBy } from '../_support/signature-peer.ts'
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { signIn } = startBackOffice()

type Refusal = { code: string; fields?: Record<string, { code: string }> }
const profile = async (visitor: Browser, path: string, payload: unknown = {}) =>
  JSON.parse((await visitor.post(`/cabinet/desk/profile/${path}`, payload)).text) as {
    result?: unknown
    refusal?: Refusal
  }
const own = async (visitor: Browser) =>
  (await visitor.get('/cabinet/desk/profile/identity')).body as unknown as OwnIdentity
const api = '/admin/api/resources/identities'
const decide = (visitor: Browser, { id }: Identity, action: string, reason = 'Сверено по базе ведомства') => {
  const form = new FormData()
  form.append('reason', reason)
  form.append('evidence', new Blob(['%PDF-1.4\n%%EOF\n']), 'ответ.pdf')
  return visitor.post(`${api}/records/${id}/${action}`, form)
}
let files = 0
const evidence = () => ({
  key: `00/${String((files += 1)).padStart(8, '0')}-0000-4000-8000-00000000e1d0`,
  name: 'ответ.pdf',
  mime: 'application/pdf',
  size: 15,
  sha256: 'e'.repeat(64),
})
const levelOf = async ({ id }: User) => (await User.findByPk(id, { rejectOnEmpty: true })).level

async function stage() {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = actorOf(await buildUser({ office }))
  return { office, organisation, operator }
}
const waiting = (organisation: Organisation) => buildIdentity({ organisation })

test('papers are told in the profile, checked by the office with evidence, and the account becomes a standard one', async (t) => {
  const { office, organisation } = await stage()
  const { user, actor } = await buildClient({ organisation, role: 'employee' })
  const visitor = await signIn(user.email, 'client')
  const operator = await signIn((await buildUser({ office })).email)
  const before = await own(visitor)
  t.is(before.level, 'simplified')
  t.is(before.papers, null)

  t.deepEqual(await profile(visitor, 'identity/submit', freshPapers()), { result: null })
  const told = await own(visitor)
  t.is(told.papers?.state, 'waiting')
  t.regex(told.papers?.facts.number ?? '', /^••• ••• ••\d \d\d$/)
  t.false(told.maySubmit)
  t.is((await profile(visitor, 'identity/submit', freshPapers())).refusal?.code, 'identity-waits')
  const renamed = {
    surname: 'Другой',
    name: 'Иван',
    patronymic: null,
    language: 'ru' as const,
    timezone: 'Europe/Moscow',
  }
  await t.throwsAsync(editProfile(as(actor), renamed), { message: 'name-confirmed' })

  const identity = await Identity.findOne({ where: { userId: user.id }, rejectOnEmpty: true })
  const bare = await operator.post(`${api}/records/${identity.id}/pass`, { reason: 'Сверено' })
  t.is(bare.body.record?.errors['evidence']?.message, 'errors.required')
  const claimed = await operator.post(`${api}/records/${identity.id}/pass`, {
    reason: 'Сверено',
    evidence: 'x',
  })
  t.is(claimed.body.notice?.type, 'error')
  const answer = await decide(operator, identity, 'pass')
  t.is(answer.body.notice?.message, 'resources.identities.notices.pass')
  t.is(await levelOf(user), 'standard')
  t.is((await own(visitor)).papers?.state, 'checked')

  const told1 = await Notification.findOne({ where: { kind: 'identity-checked', recipientId: user.id } })
  t.is(told1?.email, 'now', 'by letter too')
  t.deepEqual(
    await Notification.count({ where: { kind: 'identity-checked', subjectId: identity.id } }),
    1,
    'and nobody else',
  )
  t.is(
    (await notificationReader(user.id, null))?.actor.role,
    'applicant',
    'what concerns the person alone asks for no organisation',
  )

  await identity.reload()
  const file = `/admin/files/identity-check/${identity.id}`
  t.is((await operator.get(file)).status, 200)
  t.is((await visitor.get(file.replace('/admin', '/cabinet'))).status, 404)
  const stranger = await signIn((await buildUser({ office: await buildOffice() })).email)
  t.is((await stranger.get(file)).status, 404)
})

test('a form with slips is refused at its fields, and the answer repeats nothing of it', async (t) => {
  const { organisation } = await stage()
  const { user } = await buildClient({ organisation })
  const visitor = await signIn(user.email, 'client')
  const { text } = await visitor.post('/cabinet/desk/profile/identity/submit', {
    ...testPapers,
    number: '112-233-445 94',
    issuedOn: '2999-01-01',
  })
  t.deepEqual(Object.keys((JSON.parse(text) as { refusal: Refusal }).refusal.fields ?? {}), [
    'number',
    'issuedOn',
  ])
  t.notRegex(text, /112|2999|345678/)
  t.is(await Identity.count({ where: { userId: user.id } }), 0)
  t.is(
    (await visitor.post('/cabinet/desk/profile/identity/submit', { ...testPapers, level: 'confirmed' }))
      .status,
    200,
  )
  t.is(await Identity.count({ where: { userId: user.id } }), 0, 'an unknown field is refused')
})

test('what was refused is corrected with the papers at hand and sent again', async (t) => {
  const { organisation, operator } = await stage()
  const { user, actor, identity } = await waiting(organisation)
  await refuseIdentity(as(operator), { identityId: identity.id, reason: 'Дата выдачи не та' })
  const visitor = await signIn(user.email, 'client')
  const shown = await own(visitor)
  t.is(shown.papers?.state, 'refused')
  t.is(shown.papers?.reason, 'Дата выдачи не та')
  const { result } = await profile(visitor, 'identity/own')
  const facts = result as PaperFacts
  t.is(facts.documentNumber, testPapers.documentNumber)
  t.deepEqual(await profile(visitor, 'identity/submit', { ...facts, issuedOn: '2010-06-02' }), {
    result: null,
  })
  await identity.reload()
  t.is(identity.state, 'waiting')
  t.is(identity.toldReason, null)
  await passIdentity(as(operator), { identityId: identity.id, reason: 'Сверено', evidence: evidence() })
  t.is(await levelOf(user), 'standard')
  t.deepEqual(
    (
      await AuditEvent.findAll({
        where: { subjectType: 'identities', subjectId: identity.id },
        order: ['id'],
      })
    ).map(({ operation }) => operation),
    ['identity.submit', 'identity.refuse', 'identity.submit', 'identity.pass'],
  )
  await t.throwsAsync(
    withdrawIdentity(as(actor), {}),
    { message: 'forbidden' },
    'there is nothing to take back',
  )
})

test('the office reads papers in full only with a reason, which stays in the trail', async (t) => {
  const { office, organisation } = await stage()
  const { identity } = await buildIdentity({
    organisation,
    papers: { ...testPapers, number: '087-654-303 00' },
  })
  const reader = await buildUser({ office })
  const operator = await signIn(reader.email)
  const path = `/admin/desk/identities/${identity.id}`
  const masked = await operator.get(path)
  t.is((masked.body as unknown as IdentitySheet).facts.number, '••• ••• ••3 00')
  t.notRegex(masked.text, /08765430|345678|4012/)

  for (const reason of ['', 'да']) t.is((await operator.post(`${path}/reveal`, { reason })).status, 422)
  t.is(await AuditEvent.count({ where: { operation: 'identity.reveal', subjectId: identity.id } }), 0)
  const { body } = await operator.post(`${path}/reveal`, { reason: 'Сверяю с ответом ведомства' })
  t.is((body as unknown as PaperFacts).number, '08765430300')
  const [event] = await AuditEvent.findAll({
    where: { operation: 'identity.reveal', subjectId: identity.id },
  })
  t.is(event?.actorId, reader.id)
  t.is(event?.note, 'Сверяю с ответом ведомства')
  t.deepEqual(event?.changes, {})

  const accountant = await signIn((await buildUser({ office, role: 'accountant' })).email)
  const support = await signIn((await buildUser({ role: 'support' })).email)
  const stranger = await signIn((await buildUser({ office: await buildOffice() })).email)
  for (const visitor of [accountant, stranger]) t.is((await visitor.get(path)).status, 404)
  t.is((await support.get(path)).status, 200)
  for (const visitor of [accountant, support, stranger])
    t.is((await visitor.post(`${path}/reveal`, { reason: 'Хочу посмотреть' })).status, 403)
})

test('a number that is somebody else’s is not accepted: the office is told, the person is not', async (t) => {
  const { office, organisation, operator } = await stage()
  const papers = freshPapers()
  const first = await buildIdentity({ organisation, papers })
  const second = await buildIdentity({ organisation, papers })
  const third = await buildIdentity({ organisation, papers })
  const pass = ({ id }: Identity) =>
    passIdentity(as(operator), { identityId: id, reason: 'Сверено', evidence: evidence() })
  // Both at once: whoever comes second meets the constraint, not only the question.
  const done = await Promise.allSettled([pass(first.identity), pass(second.identity)])
  t.deepEqual(done.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  const lost = done[0].status === 'rejected' ? first : second
  const fault = done.find((one) => one.status === 'rejected') as PromiseRejectedResult
  t.is((fault.reason as Error).message, 'identity-taken')
  t.is(await levelOf(lost.user), 'simplified')

  const staff = await signIn((await buildUser({ office })).email)
  const sheet = await staff.get(`/admin/desk/identities/${third.identity.id}`)
  t.true((sheet.body as unknown as IdentitySheet).isNumberTaken)
  await refuseIdentity(as(operator), {
    identityId: third.identity.id,
    reason: 'Номер уже есть у другого клиента',
  })
  const visitor = await signIn(third.user.email, 'client')
  const { text } = await visitor.get('/cabinet/desk/profile/identity')
  t.is((JSON.parse(text) as OwnIdentity).papers?.reason, null)
  t.notRegex(text, /друг/)
})

test('whoever was seen at a centre by somebody else is confirmed; papers told anew begin from below', async (t) => {
  const { office, organisation, operator } = await stage()
  const { user, actor, identity } = await waiting(organisation)
  const visit = () => ({ identityId: identity.id, reason: 'Паспорт, ЦОП на Ленина, 1', evidence: evidence() })
  await t.throwsAsync(
    confirmAtCentre(as(operator), visit()),
    { message: 'forbidden' },
    'not before they are checked',
  )
  await passIdentity(as(operator), { identityId: identity.id, reason: 'Сверено', evidence: evidence() })
  await identity.reload()
  t.false(can({ ...operator, id: user.id }, 'confirmAtCentre', identity), 'nobody confirms themselves')
  const staff = await signIn((await buildUser({ office })).email)
  const answer = await decide(staff, identity, 'confirmAtCentre', 'Паспорт, ЦОП на Ленина, 1')
  t.is(answer.body.notice?.message, 'resources.identities.notices.confirmAtCentre')
  t.is(await levelOf(user), 'confirmed')
  t.is((await staff.get(`/admin/files/identity-confirmation/${identity.id}`)).status, 200)
  t.is(await Notification.count({ where: { kind: 'identity-confirmed', recipientId: user.id } }), 1)

  await submitIdentity(as(actor), freshPapers())
  t.is(await levelOf(user), 'simplified')
  await identity.reload()
  t.is(identity.state, 'waiting')
  t.is(identity.confirmedAt, null)
  await withdrawIdentity(as(actor), {})
  await identity.reload()
  t.is(identity.state, 'withdrawn')
})

test('a register may find papers right; whatever else it says, the office is asked', async (t) => {
  const { office, organisation, operator } = await stage()
  const clerk = await buildUser({ office })
  const ask = async ({ id, version }: Identity, known: IdentityChecker[]) => {
    const message = { payload: { identityId: id, version } }
    await identityCheckBy(known).call([message as never], { finish: async () => undefined } as never)
  }
  const register = (outcome: 'matches' | 'differs'): IdentityChecker => ({
    name: 'test',
    countries: ['RU'],
    check: async ({ facts, surname }) => (facts.number && surname ? outcome : 'unavailable'),
  })
  const toldTo = (subjectId: number) =>
    Notification.count({ where: { kind: 'identity-waiting', recipientId: clerk.id, subjectId } })

  const right = await waiting(organisation)
  await ask(right.identity, [register('matches')])
  t.is(await levelOf(right.user), 'standard')
  t.is(await toldTo(right.identity.id), 0)

  const wrong = await waiting(organisation)
  await ask(wrong.identity, [register('differs')])
  await wrong.identity.reload()
  t.is(wrong.identity.state, 'waiting')
  t.is(wrong.identity.answerOutcome, 'differs')
  t.is(await toldTo(wrong.identity.id), 1)

  const unasked = await waiting(organisation)
  await ask(unasked.identity, [])
  await ask(unasked.identity, [])
  t.is(await toldTo(unasked.identity.id), 1, 'a message that is worked on twice tells once')

  const late = await waiting(organisation)
  const asked = late.identity
  await refuseIdentity(as(operator), { identityId: asked.id, reason: 'Нечитаемо' })
  await ask(asked, [register('matches')])
  t.is(await levelOf(late.user), 'simplified', 'what was decided meanwhile stays')
})

test.serial(
  'a signature of their own confirms a person where one can be verified, and the office where not',
  async (t) => {
    const { office, organisation } = await stage()
    const papers = freshPapers()
    const { user, identity, operator } = await buildChecked(organisation, papers)
    const visitor = await signIn(user.email, 'client')
    const path = '/cabinet/desk/profile/signature/identity'
    const send = async (file: Buffer) => {
      const { text } = await visitor.post(path, file, { 'content-type': 'application/octet-stream' })
      return (JSON.parse(text) as { refusal?: Refusal }).refusal?.code ?? null
    }
    t.false((await own(visitor)).maySign, 'none is connected')
    t.is((await visitor.get(path)).status, 404)
    t.is(await send(Buffer.from('x')), 'not-found')

    t.teardown(connectPeer())
    t.true((await own(visitor)).maySign)
    const { text } = await visitor.get(path)
    const name = [user.surname, user.name, user.patronymic].filter(Boolean).join(' ')
    t.true(text.includes(name) && text.includes(user.email), text)
    const signer = { name: name.toUpperCase(), number: papers.number }
    for (const [file, why] of [
      [Buffer.from('%PDF-1.4'), 'signature.unreadable'],
      [signedBy(signer, `${text} `), 'signature.other-document'],
      [signedBy(signer, text, 'revoked'), 'signature.revoked'],
      [signedBy({ ...signer, validTo: '2021-01-01T00:00:00Z' }, text), 'signature.expired'],
      [signedBy({ ...signer, number: '11223344595' }, text), 'signature.other-person'],
      [signedBy({ ...signer, number: null }, text), 'signature.other-person'],
      [signedBy({ ...signer, name: 'Другой Иван' }, text), 'signature.other-person'],
      [signedBy(signer, text, 'unavailable'), 'signature.unavailable'],
    ] as const)
      t.is(await send(file), why)
    t.is(await levelOf(user), 'standard')
    t.is(await StoredFile.count({ where: { officeId: office.id } }), 1, 'what was refused is not kept')
    t.true(can(operator, 'confirmAtCentre', identity), 'and the office can confirm them still')

    t.is(await send(signedBy(signer, text)), null)
    t.is(await levelOf(user), 'confirmed')
    await identity.reload()
    t.like(identity, { confirmedWay: 'signature', confirmedBy: null, confirmationReason: text })
    const staff = await signIn((await buildUser({ office })).email)
    t.is((await staff.get(`/admin/files/identity-confirmation/${identity.id}`)).status, 200)
    t.is(await send(signedBy(signer, text)), 'not-found', 'there is nothing more to sign')
  },
)

test('why a signature is refused is told in both languages', (t) => {
  const codes = [...refusals, 'not-connected', 'unavailable', 'other-person', 'other-organisation']
  for (const language of languages)
    for (const code of codes) t.true(hasText(language, `errors.signature.${code}`), code)
})

test('the database itself holds who may decide, with what, and one form for a person', async (t) => {
  const { office, organisation, operator } = await stage()
  const { user, identity } = await waiting(organisation)
  const write = (set: string) =>
    sequelize.query(`update identities set ${set} where id = $1`, { bind: [identity.id] })
  await t.throwsAsync(
    write(`state = 'refused', decision_reason = 'x', decided_at = now(), decided_by = user_id`),
  )
  await t.throwsAsync(
    write(`state = 'checked', decided_at = now(), decided_by = ${operator.id}, decision_reason = 'x'`),
  )
  await t.throwsAsync(write(`state = 'checked', decided_at = now()`), undefined, 'no register has answered')
  await t.throwsAsync(write(`state = 'refused', decided_at = now(), decided_by = ${operator.id}`))
  await t.throwsAsync(write(`sealed = '11223344595'`))
  await t.throwsAsync(
    sequelize.query(
      `insert into identities (user_id, office_id, surname, name, country, sealed, number_print, submitted_at)
       select user_id, office_id, surname, name, country, sealed, number_print, now() from identities where id = $1`,
      { bind: [identity.id] },
    ),
  )
  for (const level of accountLevels.states)
    await t.notThrowsAsync(
      sequelize.query('update users set level = $2 where id = $1', { bind: [user.id, level] }),
    )
  await t.throwsAsync(sequelize.query(`update users set level = 'known' where id = $1`, { bind: [user.id] }))
  t.is(await StoredFile.count({ where: { officeId: office.id } }), 0)
})

test('a phone is offered to be confirmed only where messages can be sent', async (t) => {
  const { organisation } = await stage()
  const { user } = await buildClient({ organisation })
  const visitor = await signIn(user.email, 'client')
  t.false((await own(visitor)).hasSms)
  const asked = await profile(visitor, 'phone/send', { phone: '+7 921 684-68-38' })
  t.is(asked.refusal?.code, 'sms-not-configured')
  const typed = await profile(visitor, 'phone/confirm', { code: '123456' })
  t.is(typed.refusal?.code, 'phone-code-ended')
  t.is((await own(visitor)).phone, null)
})

test('nobody but clients tells papers, and nobody tells those of another', async (t) => {
  const { office, organisation, operator } = await stage()
  const { actor, identity } = await waiting(organisation)
  await t.throwsAsync(submitIdentity(as(operator), freshPapers()), { message: 'forbidden' })
  const other = await buildClient({ organisation })
  await t.throwsAsync(withdrawIdentity(as(other.actor), {}), { message: 'not-found' })
  await t.throwsAsync(submitIdentity(as({ ...actor, officeId: null }), freshPapers()), {
    message: 'identity-no-office',
  })
  const staff = await signIn((await buildUser({ office })).email)
  t.is((await staff.get('/admin/desk/profile/identity')).status, 404)
  t.false(can(other.actor, 'show', identity))
  t.true(can(actor, 'show', identity))
})

test.serial(
  'what was told stands in the clear in no table: not in the trail, the queue, letters or notifications',
  async (t) => {
    const { organisation, operator } = await stage()
    const { user, actor, identity } = await buildIdentity({
      organisation,
      papers: {
        ...testPapers,
        number: '112-126-619 00',
        documentNumber: '918273',
        issuer: 'Отдел Заповедный',
      },
    })
    await refuseIdentity(as(operator), { identityId: identity.id, reason: 'Сверить дату' })
    await submitIdentity(as(actor), { ...testPapers, number: '112-126-619 00', documentNumber: '918273' })
    await passIdentity(as(operator), { identityId: identity.id, reason: 'Сверено', evidence: evidence() })
    const tables = await rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    t.true(tables.length > 30)
    for (const { name } of tables) {
      const { rows: found } = await db
        .pool(t)
        .query(
          `select t::text from "${name}" t where t::text ~ '11212661900|112-126-619|918273|Заповедный' limit 1`,
        )
      t.deepEqual(found, [], name)
    }
    const staff = await signIn((await buildUser({ role: 'administrator' })).email)
    for (const path of ['actions/list', `records/${identity.id}/show`]) {
      const { text } = await staff.get(`${api}/${path}`)
      t.notRegex(text, /"sealed"|"numberPrint"|v1\./)
      t.true(text.includes(user.surname))
    }
    const history = await staff.get(`/admin/desk/history/identities/${identity.id}`)
    t.notRegex(history.text, /sealed|numberPrint|v1\./)
  },
)
