import { randomBytes } from 'node:crypto'
import test from 'ava'
import { seals, sealsOf } from '../../src/crypto/seal.ts'
import { fingerprints, fingerprintsOf } from '../../src/crypto/fingerprint.ts'
import { env } from '../../src/env.ts'
import { SecondFactor } from '../../src/models/second-factor.ts'
import { resealData } from '../../src/operations/reseal-data.ts'
import { Identity } from '../../src/models/identity.ts'
import { openFacts } from '../../src/queries/identities/sealed-facts.ts'
import { buildIdentity, buildOffice, buildOrganisation, buildUser, testNow } from '../_support/factories.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'

await isolatedDatabase()
const [current] = env().DATA_KEYS
const old = { id: 'old', key: randomBytes(32) }
const place = (row: number) => ({ table: 'second_factors', column: 'secret', row })

const factorWith = async (sealed: (userId: number) => string): Promise<SecondFactor> => {
  const { id } = await buildUser({ office: await buildOffice() })
  return SecondFactor.create({ userId: id, secret: sealed(id), createdAt: testNow })
}

test(
  'values under the current key stay as they are, and a value nobody can open is counted, not lost',
  isolated(async (t) => {
    const fresh = await factorWith((id) => seals().seal('fresh', place(id)))
    const lost = await factorWith((id) => sealsOf([old]).seal('lost', place(id)))
    const before = [fresh.secret, lost.secret]
    t.deepEqual(await resealData(AbortSignal.timeout(60_000)), { resealed: 0, broken: 1 })
    await fresh.reload()
    await lost.reload()
    t.deepEqual([fresh.secret, lost.secret], before)
  }),
)

test(
  'values under an older key of the ring move to the first one, and opening needs only it then',
  isolated(async (t) => {
    if (!current) throw new Error('a trial has a key')
    const factor = await factorWith((id) => sealsOf([old]).seal('secret', place(id)))
    // The ring of this process grows as a rotation makes it: the current key in front, the old one behind.
    ;(env().DATA_KEYS as (typeof old)[]).push(old)
    t.deepEqual(await resealData(AbortSignal.timeout(60_000)), { resealed: 1, broken: 0 })
    await factor.reload()
    t.is(sealsOf([current]).unseal(factor.secret, place(factor.userId)), 'secret')
    t.deepEqual(await resealData(AbortSignal.timeout(60_000)), { resealed: 0, broken: 0 })
  }),
)

test(
  'papers move to the first key together with the fingerprint of their number',
  isolated(async (t) => {
    if (!current) throw new Error('a trial has a key')
    const { identity } = await buildIdentity({ organisation: await buildOrganisation() })
    const { number, country } = openFacts(identity)
    const at = { table: 'identities', column: 'sealed', row: identity.userId }
    const before = sealsOf([old])
    await Identity.update(
      {
        sealed: before.seal(JSON.stringify(openFacts(identity)), at),
        numberPrint: fingerprintsOf([old]).of('identity-number', `${country} ${number}`),
      },
      { where: { id: identity.id } },
    )
    const ring = env().DATA_KEYS as (typeof old)[]
    if (!ring.includes(old)) ring.push(old)
    t.deepEqual(await resealData(AbortSignal.timeout(60_000)), { resealed: 1, broken: 0 })
    await identity.reload()
    t.is((JSON.parse(sealsOf([current]).unseal(identity.sealed, at)) as { number: string }).number, number)
    t.is(identity.numberPrint, fingerprints().of('identity-number', `${country} ${number}`))
  }),
)
