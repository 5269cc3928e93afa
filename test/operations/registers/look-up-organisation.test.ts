import test from 'ava'
import { DomainError } from '../../../src/domain/errors.ts'
import { RegisterCheck } from '../../../src/models/register-check.ts'
import { lookUpOrganisation } from '../../../src/operations/registers/look-up-organisation.ts'
import { systemContext } from '../../../src/operations/system-context.ts'
import { findOrganisationByTaxId } from '../../../src/queries/registers/find-organisation-by-tax-id.ts'
import { localRegister } from '../../../src/queries/registers/local-register.ts'
import { rows } from '../../../src/queries/rows.ts'
import { defineRegister, type Register, type RegisterAnswer } from '../../../src/registers/define-register.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import { actorFor, as, buildOffice, buildOrganisation, testNow, validInn } from '../../_support/factories.ts'

await isolatedDatabase()

const dayMs = 24 * 3_600_000
const later = (days: number) => new Date(testNow.getTime() + days * dayMs)

const organisation = (taxId: string, name: string) => ({
  country: 'RU' as const,
  taxId,
  kpp: '770101001',
  kind: 'legal' as const,
  name,
  shortName: null,
  registrationNumber: null,
  address: null,
  headName: null,
  headPosition: null,
  okved: null,
  state: 'active' as const,
})

/** A register outside that answers as it is told and counts how often it was asked. */
function outside(answer: (taxId: string) => RegisterAnswer): Register & { asked: string[] } {
  const asked: string[] = []
  const register = defineRegister({
    name: 'outside',
    countries: ['RU'],
    isRemembered: true,
    lookUp: async ({ taxId }) => {
      asked.push(taxId)
      return answer(taxId)
    },
  })
  return { ...register, asked }
}
const knows = (name: string) =>
  outside((taxId) => ({
    outcome: 'found',
    organisation: organisation(taxId, name),
    source: 'outside',
    asOf: '2026-11-20T00:00:00.000Z',
  }))
const isAway = () => outside(() => ({ outcome: 'unavailable', source: 'outside', reason: 'no-answer' }))
const knowsNothing = () =>
  outside(() => ({ outcome: 'not-found', source: 'outside', asOf: testNow.toISOString() }))

/** Rows of the own register: КПП, name and state of each. */
async function fill(taxId: string, ...entries: [kpp: string | null, name: string, state?: string][]) {
  const [made] = await rows<{ id: number }>(
    `insert into register_imports (country, as_of, file_name, file_size, file_sha256, shape, state, rows_added)
     values ('RU', '2026-11-01', 'egrul.csv', 1, repeat('0', 64), '{}', 'done', 1) returning id`,
  )
  for (const [kpp, name, state = 'active'] of entries)
    await rows(
      `insert into register_organisations (country, tax_id, kpp, kind, name, state, as_of, import_id)
       values ('RU', $taxId, $kpp, 'legal', $name, $state, '2026-11-01', $importId) returning id`,
      { taxId, kpp, name, state, importId: made?.id },
    )
}

const ask = (taxId: string, registers: readonly Register[], now = testNow, kpp?: string) =>
  lookUpOrganisation(systemContext('test', now), { country: 'RU', taxId, kpp: kpp ?? null }, registers)
const nameOf = async (answer: Promise<RegisterAnswer>) => {
  const given = await answer
  return given.outcome === 'found' ? given.organisation.name : given.outcome
}

test(
  'the own register answers first, and nobody outside is asked',
  isolated(async (t) => {
    const taxId = validInn()
    await fill(taxId, ['770101001', 'Своя'])
    const other = knows('Чужая')
    t.is(await nameOf(ask(taxId, [localRegister, other])), 'Своя')
    t.deepEqual(other.asked, [])
  }),
)

test(
  'the head office that lives is meant, unless a КПП says otherwise',
  isolated(async (t) => {
    const taxId = validInn()
    await fill(
      taxId,
      ['770143001', 'Филиал'],
      ['770101001', 'Прежняя', 'liquidated'],
      ['780101001', 'Головная'],
    )
    t.is(await nameOf(ask(taxId, [localRegister])), 'Головная')
    t.is(await nameOf(ask(taxId, [localRegister], testNow, '770143001')), 'Филиал')
    t.is(await nameOf(ask(taxId, [localRegister], testNow, '990101001')), 'not-found')
  }),
)

test(
  'an answer from outside is believed for 30 days, an unknown number for one',
  isolated(async (t) => {
    const known = validInn()
    const register = knows('Север')
    await ask(known, [register])
    await ask(known, [register], later(29.9))
    t.is(register.asked.length, 1)
    await ask(known, [register], later(30.1))
    t.is(register.asked.length, 2)
    t.is(await RegisterCheck.count({ where: { taxId: known } }), 1)

    const unknown = validInn()
    const empty = knowsNothing()
    await ask(unknown, [empty])
    await ask(unknown, [empty], later(0.9))
    await ask(unknown, [empty], later(1.1))
    t.is(empty.asked.length, 2)
  }),
)

test(
  'a register that is away is never remembered as an answer',
  isolated(async (t) => {
    const taxId = validInn()
    const away = isAway()
    t.is(await nameOf(ask(taxId, [away])), 'unavailable')
    t.is(await nameOf(ask(taxId, [away])), 'unavailable')
    t.is(away.asked.length, 2)
    t.is(await RegisterCheck.count(), 0)
  }),
)

test(
  '«not found» needs every register to have answered; an empty one leaves it to the others',
  isolated(async (t) => {
    const taxId = validInn()
    t.like(await ask(taxId, [localRegister]), { outcome: 'unavailable', reason: 'not-connected' })
    t.is(await nameOf(ask(taxId, [localRegister, knowsNothing()])), 'not-found')
    await fill(validInn(), ['770101001', 'Другая'])
    t.is(await nameOf(ask(validInn(), [localRegister])), 'not-found')
    t.is(await nameOf(ask(validInn(), [localRegister, isAway()])), 'unavailable')
    t.like(await ask(validInn(), []), { outcome: 'unavailable', reason: 'not-connected' })
  }),
)

test(
  'a wrong number is refused beside its field before anybody is asked',
  isolated(async (t) => {
    const register = knows('Север')
    const fault = await t.throwsAsync(ask('7707083894', [register]), { instanceOf: DomainError })
    t.like(fault, { code: 'invalid', fields: { taxId: { code: 'inn-checksum' } } })
    t.deepEqual(register.asked, [])
  }),
)

test(
  'the answer to a visitor is the same whether or not the organisation is our client',
  isolated(async (t) => {
    const [ours, theirs] = [validInn(), validInn()]
    await buildOrganisation({ taxId: ours, name: 'ООО «Наш клиент»' })
    const registers = [localRegister, knows('Как в реестре')]
    const told = async (taxId: string) => JSON.stringify(await ask(taxId, registers)).replaceAll(taxId, '')
    t.is(await told(ours), await told(theirs))
    t.false((await told(ours)).includes('Наш клиент'))
  }),
)

test(
  'staff see their own client by its number, another office does not',
  isolated(async (t) => {
    const taxId = validInn()
    const [office, other] = [await buildOffice(), await buildOffice()]
    await buildOrganisation({ office, taxId, name: 'ООО «Наш клиент»' })
    const asked = { country: 'RU' as const, taxId, kpp: null }
    const operator = actorFor('operator', office)
    t.deepEqual(
      (await findOrganisationByTaxId(operator, asked)).map(({ name }) => name),
      ['ООО «Наш клиент»'],
    )
    t.deepEqual(await findOrganisationByTaxId(actorFor('operator', other), asked), [])
  }),
)

test(
  'a person without a role that may ask is refused',
  isolated(async (t) => {
    const actor = actorFor('link', await buildOffice())
    const asked = { country: 'RU' as const, taxId: validInn() }
    await t.throwsAsync(lookUpOrganisation(as(actor), asked, []), { message: 'forbidden' })
  }),
)
