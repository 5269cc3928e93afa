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
