import { randomBytes } from 'node:crypto'
import test from 'ava'
import { SealError, seals, sealsOf } from '../../src/crypto/seal.ts'

const [oldKey, newKey] = ['old', 'new'].map((id) => ({ id, key: randomBytes(32) })) as [
  { id: string; key: Buffer },
  { id: string; key: Buffer },
]
const place = { table: 'people', column: 'passport', row: 7 }
const secret = '4509 123456, выдан 01.02.2020'

test('a sealed value opens in its place and tells nothing before', (t) => {
  const { seal, unseal } = sealsOf([oldKey])
  const sealed = seal(secret, place)
  t.is(unseal(sealed, place), secret)
  t.false(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('123456'))
})

test('the same value is never sealed alike', (t) => {
  const { seal } = sealsOf([oldKey])
  t.is(new Set(Array.from({ length: 1000 }, () => seal(secret, place))).size, 1000)
})

test('nothing and emptiness survive', (t) => {
  const { seal, unseal } = sealsOf([oldKey])
  t.is(unseal(seal('', place), place), '')
})

test('a value carried to another row, column or table does not open', (t) => {
  const { seal, unseal } = sealsOf([oldKey])
  const sealed = seal(secret, place)
  for (const other of [
    { ...place, row: 8 },
    { ...place, column: 'snils' },
    { ...place, table: 'peoples' },
    { table: 'people","passport', column: '7', row: '' },
  ]) {
    t.throws(() => unseal(sealed, other), { instanceOf: SealError, message: /belongs elsewhere/ })
  }
})

test('a change of any byte is noticed', (t) => {
  const { seal, unseal } = sealsOf([oldKey])
  const [version, id, body = ''] = seal(secret, place).split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    t.throws(() => unseal(`${version}.${id}.${changed.toString('base64url')}`, place), {
      instanceOf: SealError,
    })
  }
  t.throws(() => unseal(`${version}.${id}.`, place), { message: /was cut/ })
  t.throws(() => unseal(secret, place), { message: /not a sealed value/ })
})

test('the refusal names the place and never the value', (t) => {
  const { unseal } = sealsOf([oldKey])
  t.is(t.throws(() => unseal(`v2.${secret}`, place))?.message, 'people.passport of row 7: not a sealed value')
})

test('after a rotation old values open, new ones take the new key, and resealing ends the need of the old', (t) => {
  const sealed = sealsOf([oldKey]).seal(secret, place)
  const both = sealsOf([newKey, oldKey])
  t.is(both.unseal(sealed, place), secret)
  t.true(both.seal(secret, place).startsWith(both.currentPrefix()))
  const resealed = both.reseal(sealed, place) ?? ''
  t.true(resealed.startsWith(both.currentPrefix()))
  t.is(both.reseal(resealed, place), null)
  t.is(sealsOf([newKey]).unseal(resealed, place), secret)
  t.throws(() => sealsOf([newKey]).unseal(sealed, place), { message: /has no key «old»/ })
})

test('a key of the same name with other bytes opens nothing', (t) => {
  const sealed = sealsOf([oldKey]).seal(secret, place)
  t.throws(() => sealsOf([{ id: 'old', key: randomBytes(32) }]).unseal(sealed, place), {
    instanceOf: SealError,
  })
})

test('an installation seals with its own ring', (t) => {
  t.is(seals().unseal(seals().seal(secret, place), place), secret)
})
