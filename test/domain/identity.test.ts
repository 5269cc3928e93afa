import test from 'ava'
import { checkIdentity, documentKinds, maskIdentity, type TypedIdentity } from '../../src/domain/identity.ts'
import { countries } from '../../src/domain/requisites/country.ts'

const today = '2026-11-23'
const russian: TypedIdentity = {
  number: '112-233-445 95',
  birthDate: '1985-04-12',
  documentKind: 'passport',
  series: '40 12',
  documentNumber: '345678',
  issuedOn: '2010-06-01',
  issuer: ' ТП № 12   отдела УФМС ',
}
const kazakh: TypedIdentity = {
  number: '850101300124',
  birthDate: '1985-01-01',
  documentKind: 'id_card',
  series: 'left from another kind',
  documentNumber: '012345678',
  issuedOn: '2020-02-29',
  issuer: 'МВД РК',
}
const belarusian: TypedIdentity = {
  // Typed with Cyrillic letters that look like the right ones.
  number: '3100870А012РВ5',
  birthDate: '1970-08-10',
  documentKind: 'passport',
  series: 'мр',
  documentNumber: '1234567',
  issuedOn: '2019-05-05',
  issuer: 'Фрунзенское РУВД г. Минска',
}
const codes = (faults: Record<string, { code: string } | undefined>) =>
  Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, fault?.code]))

test('papers of each country are taken as people write them and kept in one form', (t) => {
  const [ru, kz, by] = [
    checkIdentity(russian, 'RU', today),
    checkIdentity(kazakh, 'KZ', today),
    checkIdentity(belarusian, 'BY', today),
  ]
  for (const { faults } of [ru, kz, by]) t.deepEqual(faults, {})
  t.is(ru.facts.number, '11223344595')
  t.is(ru.facts.series, '4012')
  t.is(ru.facts.issuer, 'ТП № 12 отдела УФМС')
  t.is(kz.facts.series, null, 'an identity card of Kazakhstan has no series')
  t.is(by.facts.number, '3100870A012PB5')
  t.is(by.facts.series, 'MP')
})

test('an empty form names every field that is needed', (t) => {
  for (const country of countries)
    t.deepEqual(
      Object.keys(checkIdentity({}, country, today).faults).toSorted(),
      ['birthDate', 'documentKind', 'documentNumber', 'issuedOn', 'issuer', 'number'],
      country,
    )
})

test('a slip is told at its field', (t) => {
  const slips: [TypedIdentity, Record<string, string>][] = [
    [{ number: '112-233-445 94' }, { number: 'snils-checksum' }],
    [{ birthDate: '2014-01-01', issuedOn: '2020-01-01' }, { birthDate: 'too-young' }],
    [{ birthDate: '1885-01-01' }, { birthDate: 'birth-day-unlikely' }],
    [{ birthDate: '1985-02-30' }, { birthDate: 'bad-day' }],
    [{ issuedOn: '2026-11-24' }, { issuedOn: 'day-ahead' }],
    [{ issuedOn: '1985-04-12' }, { issuedOn: 'issued-before-birth' }],
    [{ documentKind: 'id_card' }, { documentKind: 'bad-value' }],
    [{ series: '' }, { series: 'required' }],
    [{ series: 'AB12' }, { series: 'document-series' }],
    [{ documentNumber: '34567' }, { documentNumber: 'document-number' }],
    [{ issuer: 'УФ' }, { issuer: 'issuer-short' }],
    [{ issuer: 'У'.repeat(301) }, { issuer: 'too-long' }],
  ]
  for (const [slip, expected] of slips)
    t.deepEqual(
      codes(checkIdentity({ ...russian, ...slip }, 'RU', today).faults),
      expected,
      JSON.stringify(slip),
    )
})

test('whoever turns fourteen today may have papers', (t) => {
  const faults = (birthDate: string) =>
    codes(checkIdentity({ ...russian, birthDate, issuedOn: today }, 'RU', today).faults)
  t.deepEqual(faults('2012-11-23'), {})
  t.deepEqual(faults('2012-11-24'), { birthDate: 'too-young' })
})

test('a number that carries the day of birth has to agree with it', (t) => {
  t.deepEqual(codes(checkIdentity({ ...kazakh, birthDate: '1985-01-02' }, 'KZ', today).faults), {
    number: 'number-birth-day',
  })
  t.deepEqual(codes(checkIdentity({ ...belarusian, birthDate: '1970-08-11' }, 'BY', today).faults), {
    number: 'number-birth-day',
  })
})

test('a mask shows the end of the number and the year of birth, and nothing by which somebody else could be taken', (t) => {
  const { facts } = checkIdentity({ ...russian, number: '087-654-303 00' }, 'RU', today)
  t.deepEqual(maskIdentity(facts), {
    country: 'RU',
    number: '••• ••• ••3 00',
    birthDate: '••.••.1985',
    documentKind: 'passport',
    series: '••••',
    documentNumber: '••••78',
    issuedOn: '••.••.2010',
    issuer: '•••',
  })
  t.is(maskIdentity(checkIdentity(kazakh, 'KZ', today).facts).number, '•••••••••124')
})

test('each country has a passport among its documents', (t) => {
  for (const country of countries) t.true(documentKinds[country].includes('passport'))
})
