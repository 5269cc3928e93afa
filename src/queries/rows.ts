/** One way to ask a question in SQL: named binds in, typed rows out. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'

/** Values of `$name` placeholders; a name may be used several times. */
export type Binds = Readonly<Record<string, unknown>>

/** Runs one SELECT in the ambient transaction, if there is one. */
export const rows = <Row extends object>(sql: string, bind: Binds = {}): Promise<Row[]> =>
  sequelize.query<Row>(sql, { type: QueryTypes.SELECT, bind: { ...bind } })

/** The first row of a SELECT, or null. */
export const row = async <Row extends object>(sql: string, bind: Binds = {}): Promise<Row | null> =>
  (await rows<Row>(sql, bind))[0] ?? null

/** The part of a plan of PostgreSQL that decides here. */
export type Plan = Readonly<{ 'Node Type': string; 'Plan Rows': number; Plans?: readonly Plan[] }>

/** How PostgreSQL would answer a SELECT; nothing is read. Without `bind` the text is taken as it is, `$` signs too. */
export async function planOf(sql: string, bind?: Binds): Promise<Plan> {
  const [explained] = await sequelize.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (format json) ${sql}`,
    { type: QueryTypes.SELECT, ...(bind && { bind: { ...bind } }) },
  )
  if (!explained) throw new Error('PostgreSQL explained nothing')
  return explained['QUERY PLAN'][0].Plan
}
