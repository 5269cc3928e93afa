import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import type { Pool } from 'pg'
import { migrate, unmigrate } from '../src/db/migrate.ts'
import { isolatedDatabase } from './_support/database.ts'

const database = await isolatedDatabase()
const folder = join(import.meta.dirname, '..', 'src', 'db', 'migrations')

/** The schema as sorted lines: what a dump would show, without the programs of PostgreSQL that make dumps. */
const OBJECTS = `
  select format('column %s.%s %s %s default %s generated %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
  union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select format('index %s', pg_get_indexdef(indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
  union all select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t where not tgisinternal
  union all select format('function %s', pg_get_functiondef(p.oid)) from pg_proc p
    where pronamespace = 'public'::regnamespace and prokind <> 'a'
      and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
  union all select format('sequence %s', c.relname) from pg_class c
    where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace
  union all select format('type %s', t.typname) from pg_type t where t.typnamespace = 'public'::regnamespace
    and t.typtype in ('e', 'd') and not exists (select from pg_depend where objid = t.oid and deptype = 'e')
  union all select format('view %s %s', c.relname, pg_get_viewdef(c.oid)) from pg_class c
    where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace`

const schemaOf = async (pool: Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ line: string }>(OBJECTS)
  return rows
    .map(({ line }) => line)
    .filter((line) => !line.includes('SequelizeMeta'))
    .sort()
}

const recorded = async (pool: Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>('select name from "SequelizeMeta" order by name')
  return rows.map(({ name }) => name)
}

test.serial(
  'names are recorded as sequelize-cli records them: the file name with its extension',
  async (t) => {
    const files = (await readdir(folder)).sort()
    t.deepEqual(await recorded(database.pool(t)), files)
    for (const file of files) t.regex(file, /^\d{14}-[a-z0-9-]+\.ts$/)
  },
)

test.serial('up, down, up makes the same schema, and down leaves nothing', async (t) => {
  const pool = database.pool(t)
  const before = await schemaOf(pool)
  const names = await recorded(pool)
  t.deepEqual(await unmigrate(database.url), names.toReversed())
  t.deepEqual(await schemaOf(pool), [])
  t.deepEqual(await migrate(database.url), names)
  t.deepEqual(await schemaOf(pool), before)
})

test.serial('processes that start together migrate once', async (t) => {
  await unmigrate(database.url)
  const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
  t.deepEqual(
    applied.flat(),
    applied.find((names) => names.length > 0),
  )
})

test.serial('a migration that fails leaves no trace of itself and keeps those before it', async (t) => {
  const pool = database.pool(t)
  const broken = join(import.meta.dirname, '_support', 'broken-migrations')
  await pool.query('truncate "SequelizeMeta"')
  await t.throwsAsync(migrate(database.url, { folder: broken }), { message: /no such table|does not exist/ })
  t.deepEqual(await recorded(pool), ['1-create-half.ts'])
  const { rows } = await pool.query(`select to_regclass('halves') as first, to_regclass('thirds') as second`)
  t.deepEqual(rows, [{ first: 'halves', second: null }])
})
