import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { suggestionsRegister, type SuggestionsSettings } from '../../src/registers/suggestions-register.ts'

type Asked = { path: string; token: string | undefined; body: Record<string, unknown> }
type Service = { url: string; asked: Asked[]; answers: ((response: ServerResponse) => void)[] }

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
}

/** A service on the loopback that answers in turn what it was told to; the last answer stays. */
async function serve(t: ExecutionContext, ...answers: Service['answers']): Promise<Service> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push({ path: request.url ?? '', token: request.headers.authorization, body })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      answer?.(response)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answers }
}

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(typeof value === 'string' ? value : JSON.stringify(value))
const never = (): void => undefined

const party = (over: object = {}) => ({
  value: 'ПАО СБЕРБАНК',
  data: {
    inn: '7707083893',
    kpp: '773601001',
    ogrn: '1027700132195',
    okved: '64.19',
    type: 'LEGAL',
    branch_type: 'MAIN',
    name: {
      full_with_opf: 'ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО "СБЕРБАНК РОССИИ"',
      short_with_opf: 'ПАО СБЕРБАНК',
    },
    address: { value: 'г Москва, ул Вавилова, д 19' },
    management: { name: 'Греф Герман Оскарович', post: 'ПРЕЗИДЕНТ' },
    state: { status: 'ACTIVE', actuality_date: Date.parse('2026-11-01T00:00:00Z') },
    ...over,
  },
})

const now = new Date('2026-11-23T10:00:00Z')
const question = { country: 'RU', taxId: '7707083893', kpp: null } as const
const registerAt = (url: string, more: Partial<SuggestionsSettings> = {}) =>
  suggestionsRegister({ url, token: 'secret-token', countries: ['RU'], timeoutMs: 10_000, ...more })
const reason = async (url: string) => {
  const answer = await registerAt(url).lookUp(question, now)
  return answer.outcome === 'unavailable' ? answer.reason : answer.outcome
}

test.serial('an organisation is found as the protocol tells it, as of its own day', async (t) => {
  const service = await serve(t, json({ suggestions: [party()] }))
  const answer = await registerAt(service.url).lookUp(question, now)
  t.deepEqual(answer, {
    outcome: 'found',
    source: 'suggestions',
    asOf: '2026-11-01T00:00:00.000Z',
    organisation: {
      country: 'RU',
      taxId: '7707083893',
      kpp: '773601001',
      kind: 'legal',
      name: 'ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО "СБЕРБАНК РОССИИ"',
      shortName: 'ПАО СБЕРБАНК',
      registrationNumber: '1027700132195',
      address: 'г Москва, ул Вавилова, д 19',
      headName: 'Греф Герман Оскарович',
      headPosition: 'ПРЕЗИДЕНТ',
      okved: '64.19',
      state: 'active',
    },
  })
  t.deepEqual(service.asked, [
    {
      path: '/suggestions/api/4_1/rs/findById/party',
      token: 'Token secret-token',
      body: { query: '7707083893', count: 20 },
    },
  ])
})

test.serial('an entrepreneur is found by name', async (t) => {
  const entrepreneur = party({
    inn: '500100732259',
    kpp: null,
    type: 'INDIVIDUAL',
    branch_type: null,
    name: { full_with_opf: 'Индивидуальный предприниматель Иванов Иван', short_with_opf: 'ИП Иванов' },
    management: null,
    fio: { surname: 'Иванов', name: 'Иван', patronymic: null },
    state: { status: 'LIQUIDATED' },
  })
  const service = await serve(t, json({ suggestions: [entrepreneur] }))
  const answer = await registerAt(service.url).lookUp({ ...question, taxId: '500100732259' }, now)
  t.like(answer.outcome === 'found' && answer.organisation, {
    kind: 'entrepreneur',
    headName: 'Иванов Иван',
    kpp: null,
    state: 'liquidated',
  })
})

test.serial(
  'the head office answers for the tax id, a branch for its own КПП, a stranger for nobody',
  async (t) => {
    const branch = party({
      kpp: '121543001',
      branch_type: 'BRANCH',
      name: { full_with_opf: 'МАРИЙСКОЕ ОТДЕЛЕНИЕ' },
    })
    const stranger = party({ inn: '5218002703' })
    const service = await serve(t, json({ suggestions: [branch, party()] }))
    const register = registerAt(service.url)
    const kppOf = async (kpp: string | null) => {
      const answer = await register.lookUp({ ...question, kpp }, now)
      return answer.outcome === 'found' ? answer.organisation.kpp : answer.outcome
    }
    t.is(await kppOf(null), '773601001')
    t.is(await kppOf('121543001'), '121543001')
    service.answers.splice(0, 1, json({ suggestions: [stranger] }))
    t.is(await kppOf(null), 'not-found')
  },
)

test.serial('what it does not know is not found', async (t) => {
  const service = await serve(t, json({ suggestions: [] }))
  t.is(await reason(service.url), 'not-found')
})

test.serial('a hiccup is asked about once more, a second one is told', async (t) => {
  const hiccup = await serve(t, json('', 500), json({ suggestions: [party()] }))
  t.is(await reason(hiccup.url), 'found')
  t.is(hiccup.asked.length, 2)
  const broken = await serve(t, json('', 503))
  t.is(await reason(broken.url), 'no-answer')
  t.is(broken.asked.length, 2)
})

test.serial('a service that never answers is waited for twice and no longer', async (t) => {
  const service = await serve(t, never)
  const answer = await registerAt(service.url, { timeoutMs: 1500 }).lookUp(question, now)
  t.is(answer.outcome === 'unavailable' && answer.reason, 'no-answer')
  t.is(service.asked.length, 2)
})

test.serial('nobody listening is no answer', async (t) => {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  t.is(await reason(`http://127.0.0.1:${port}`), 'no-answer')
})

test.serial('nonsense is unreadable, and not asked for twice', async (t) => {
  for (const nonsense of [
    '{"suggestions": [',
    '<html>',
    '{"suggestions": "нет"}',
    `"${'x'.repeat(2_000_000)}"`,
  ]) {
    const service = await serve(t, json(nonsense))
    t.is(await reason(service.url), 'unreadable', nonsense.slice(0, 20))
    t.is(service.asked.length, 1)
  }
})

test.serial('a token that is not accepted is told as such', async (t) => {
  for (const status of [401, 403]) t.is(await reason((await serve(t, json('', status))).url), 'refused')
})

test.serial('a redirection is not followed: the token is for this address only', async (t) => {
  const other = await serve(t, json({ suggestions: [party()] }))
  const service = await serve(t, json('', 307, { Location: `${other.url}/elsewhere` }))
  t.is(await reason(service.url), 'no-answer')
  t.is(other.asked.length, 0)
})

test.serial('asked too often it is left alone for as long as it says', async (t) => {
  const service = await serve(t, json('', 429, { 'Retry-After': '60' }), json({ suggestions: [party()] }))
  const register = registerAt(service.url)
  const first = await register.lookUp(question, now)
  t.is(first.outcome === 'unavailable' && first.reason, 'too-many')
  const second = await register.lookUp(question, now)
  t.is(second.outcome, 'unavailable')
  t.is(service.asked.length, 1)
})

test.serial('after failures in a row nobody waits for it until the pause is over', async (t) => {
  const service = await serve(t, json('', 500))
  const register = registerAt(service.url, { failures: 2, pauseMs: 300 })
  for (let time = 0; time < 5; time++) await register.lookUp(question, now)
  t.is(service.asked.length, 4)
  service.answers.splice(0, 1, json({ suggestions: [party()] }))
  await new Promise((later) => setTimeout(later, 350))
  t.is((await register.lookUp(question, now)).outcome, 'found')
  t.is((await register.lookUp(question, now)).outcome, 'found')
})
