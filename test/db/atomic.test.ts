import test from 'ava'
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize'
import { afterCommit, atomic } from '../../src/db/atomic.ts'
import { day, instant, key, money, quantity, text } from '../../src/db/columns.ts'
import { currentTransaction, outsideTransaction, sequelize } from '../../src/db/sequelize.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'

const database = await isolatedDatabase()

class Pebble extends Model<InferAttributes<Pebble>, InferCreationAttributes<Pebble>> {
  declare id: CreationOptional<number>
  declare name: string
  declare priceMinor: CreationOptional<number>
  declare weight: CreationOptional<string | null>
  declare foundOn: CreationOptional<string | null>
  declare foundAt: CreationOptional<Date | null>
}
Pebble.init(
  {
    id: key(),
    name: text(),
    priceMinor: { ...money(), defaultValue: 0 },
    weight: quantity({ allowNull: true }),
    foundOn: day({ allowNull: true }),
    foundAt: instant({ allowNull: true }),
  },
  { sequelize, tableName: 'pebbles', underscored: true, timestamps: false },
)

test.before('a table for pebbles', () =>
  sequelize.query(`create table pebbles (id bigint generated always as identity primary key, name text not null,
    price_minor bigint not null default 0, weight numeric, found_on date, found_at timestamptz)`),
)

const transactionId = () => sequelize.query('select pg_current_xact_id()::text as id', { plain: true })
const names = async () => (await Pebble.findAll({ order: ['id'] })).map(({ name }) => name)

test(
  'a throw undoes everything',
  isolated(async (t) => {
    await t.throwsAsync(
      atomic(async () => {
        await Pebble.create({ name: 'lost' })
        throw new Error('no')
      }),
      { message: 'no' },
    )
    t.deepEqual(await names(), [])
  }),
)

test(
  'inside another one it is a savepoint: the inner failure leaves the outer work',
  isolated(async (t) => {
    await atomic(async () => {
      await Pebble.create({ name: 'kept' })
      await t.throwsAsync(
        atomic(async () => {
          await Pebble.create({ name: 'lost' })
          await sequelize.query('select 1/0')
        }),
      )
    })
    t.deepEqual(await names(), ['kept'])
  }),
)

test(
  'effects follow the commit, in order, and die with their savepoint',
  isolated(async (t) => {
    const heard: string[] = []
    await atomic(async () => {
      afterCommit(() => heard.push('first'))
      await t.throwsAsync(
        atomic(async () => {
          await Promise.resolve()
          afterCommit(() => heard.push('of the failed savepoint'))
          throw new Error('no')
        }),
      )
      await atomic(async () => {
        await Promise.resolve()
        afterCommit(() => heard.push('of the kept savepoint'))
      })
      t.deepEqual(heard, [])
    })
    t.deepEqual(heard, ['first', 'of the kept savepoint'])
  }),
)

test(
  'an effect that fails does not fail the work',
  isolated(async (t) => {
    const result = await atomic(async () => {
      await Promise.resolve()
      afterCommit(() => {
        throw new Error('no mail today')
      })
      return 'done'
    })
    t.is(result, 'done')
  }),
)

test(
  'numbers, sums, days and instants come back as what they are',
  isolated(async (t) => {
    const foundAt = new Date('2026-03-01T21:30:00Z')
    const { id } = await Pebble.create({
      name: 'agate',
      priceMinor: 9_007_199_254_740_991,
      weight: '0.10',
      foundOn: '2026-03-02',
      foundAt,
    })
    const found = await Pebble.findByPk(id, { rejectOnEmpty: true })
    t.is(found.id, id)
    t.is(typeof found.id, 'number')
    t.is(found.priceMinor, 9_007_199_254_740_991)
    t.is(found.weight, '0.10')
    t.is(found.foundOn, '2026-03-02')
    t.deepEqual(found.foundAt, foundAt)
    const [rows] = await sequelize.query(
      `select array[1, 2]::bigint[] as ids, array['2026-03-02'::date, null] as days`,
    )
    t.deepEqual(rows, [{ ids: [1, 2], days: ['2026-03-02', null] }])
  }),
)

test(
  'a number that does not fit exactly is refused, not rounded',
  isolated(async (t) => {
    await t.throwsAsync(sequelize.query('select 9007199254740993::bigint'), { message: /does not fit/ })
  }),
)

test(
  'every query of one operation is in its transaction',
  isolated(async (t) => {
    const outer = await transactionId()
    await atomic(async () => {
      t.deepEqual(await atomic(transactionId), await transactionId())
      t.notDeepEqual(await outsideTransaction(transactionId), outer)
    })
  }),
)

test(
  'work outside of the transaction does not see it',
  isolated(async (t) => {
    await atomic(async () => {
      await Pebble.create({ name: 'uncommitted' })
      t.is(await outsideTransaction(() => Pebble.count()), 0)
      t.truthy(currentTransaction())
    })
  }),
)

test('the outermost runs again after a deadlock', async (t) => {
  const pool = database.pool(t)
  await pool.query(
    'create table seesaw (id int primary key, n int not null); insert into seesaw values (1, 0), (2, 0)',
  )
  let runs = 0
  const add = (first: number, second: number) =>
    atomic(async () => {
      runs++
      await sequelize.query(`update seesaw set n = n + 1 where id = ${first}`)
      await sequelize.query('select pg_sleep(0.1)')
      await sequelize.query(`update seesaw set n = n + 1 where id = ${second}`)
    })
  await Promise.all([add(1, 2), add(2, 1)])
  const { rows } = await pool.query('select n from seesaw')
  t.deepEqual(rows, [{ n: 2 }, { n: 2 }])
  t.true(runs > 2)
})

test('an effect waits for the real commit', async (t) => {
  const pool = database.pool(t)
  await pool.query('create table bell (id int)')
  let seen: unknown
  await atomic(async () => {
    await sequelize.query('insert into bell values (1)')
    afterCommit(async () => {
      seen = (await pool.query('select id from bell')).rows
    })
  })
  t.deepEqual(seen, [{ id: 1 }])
})

test('sequelize names its sessions', async (t) => {
  const row = await sequelize.query(`select current_setting('application_name') as name`, { plain: true })
  t.deepEqual(row, { name: 'test' })
  t.is(DataTypes.TEXT.key, 'TEXT')
})
