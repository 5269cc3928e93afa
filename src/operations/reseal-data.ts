/** After a rotation of the keys: what is sealed under an older one is sealed anew, so that the old key may go. */
import { QueryTypes } from 'sequelize'
import { seals, SealError } from '../crypto/seal.ts'
import { atomic } from '../db/atomic.ts'
import { sequelize } from '../db/sequelize.ts'
import { log } from '../log.ts'
import { printOf } from '../queries/identities/sealed-facts.ts'

/** A column of sealed values and the column that names their row. Names are ours, never input. */
export type SealedColumn = Readonly<{
  table: string
  column: string
  row: string
  /** A keyed fingerprint of the value beside it, which a rotation makes anew together with it. */
  print?: { column: string; of: (opened: string) => string }
}>

/** Every column that holds sealed values: one that is missing here would lose its values with the old key. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'second_factors', column: 'secret', row: 'user_id' },
  { table: 'identities', column: 'sealed', row: 'user_id', print: { column: 'number_print', of: printOf } },
  { table: 'identity_letters', column: 'sealed', row: 'id' },
]

const rowsAtOnce = 200

type Sealed = { row: number | string; value: string }

/**
 * Not an operation: it changes how values lie, not what anybody knows, and leaves no trail. Safe to run twice.
 * A value that does not open is counted and left as it is.
 */
export async function resealData(
  signal: AbortSignal,
  columns: readonly SealedColumn[] = sealedColumns,
): Promise<{ resealed: number; broken: number }> {
  const count = { resealed: 0, broken: 0 }
  for (const place of columns) {
    let after: number | string | null = null
    do {
      signal.throwIfAborted()
      after = await atomic(() => resealSome(place, after, count))
    } while (after !== null)
  }
  return count
}

/** The last row it came to, or null when no more wait. */
async function resealSome(
  { table, column, row, print }: SealedColumn,
  after: number | string | null,
  count: { resealed: number; broken: number },
): Promise<number | string | null> {
  const found = await sequelize.query<Sealed>(
    `select ${row} as row, ${column} as value from ${table}
      where ${column} is not null and not starts_with(${column}, $1) and ($2::text is null or ${row} > $2::bigint)
      order by ${row} limit ${rowsAtOnce} for update`,
    { bind: [seals().currentPrefix(), after], type: QueryTypes.SELECT },
  )
  for (const { row: id, value } of found) {
    try {
      const place = { table, column, row: id }
      const sealed = seals().reseal(value, place)
      const opened = print && seals().unseal(value, place)
      await sequelize.query(
        `update ${table} set ${column} = $2${print ? `, ${print.column} = $3` : ''} where ${row} = $1`,
        { bind: [id, sealed, ...(print ? [print.of(opened ?? '')] : [])] },
      )
      count.resealed += 1
    } catch (fault) {
      if (!(fault instanceof SealError)) throw fault
      log.error({ err: fault }, 'a sealed value does not open')
      count.broken += 1
    }
  }
  return found.at(-1)?.row ?? null
}
