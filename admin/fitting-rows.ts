/** Which rows of a table fit the address of a list and how many, in as few readings as a large table allows. */
import {
  Op,
  QueryTypes,
  Utils,
  type FindOptions,
  type Model,
  type ModelStatic,
  type Order,
  type WhereOptions,
} from 'sequelize'
import { sequelize } from '../src/db/sequelize.ts'
import { planOf } from '../src/queries/rows.ts'

/** Counting stops here: an exact «1 048 231» costs a table scan and helps nobody. */
const COUNT_LIMIT = 10_000
/** And here where words are looked for: each row passed over is compared letter by letter. */
const FOUND_LIMIT = 1_000

/** What is asked of a table: all conditions hold, and rows deleted softly count unless `options` are paranoid. */
export type Question = Readonly<{ model: ModelStatic<Model>; where: WhereOptions[]; options: FindOptions }>

/** The part of the list one page shows; its order is `by` and then the key. */
export type Place = Readonly<{
  order: Order
  by: string
  direction: 'asc' | 'desc'
  limit: number
  offset: number
}>

type Asked = { attributes?: string[]; order?: Order; limit?: number; offset?: number }

export const countLimit = (hasText: boolean): number => (hasText ? FOUND_LIMIT : COUNT_LIMIT)

/** `select id …` of what fits. */
export function fittingRows({ model, where, options }: Question, asked: Asked): string {
  const { queryGenerator } = sequelize.getQueryInterface() as unknown as {
    queryGenerator: { selectQuery: (table: unknown, options: object, model: unknown) => string }
  }
  const isDeletable = options.paranoid !== false && 'deletedAt' in model.getAttributes()
  const conditions = { [Op.and]: isDeletable ? [...where, { deletedAt: null }] : where }
  const select = { attributes: ['id'], where: conditions, ...asked }
  const named = Utils.mapOptionFieldNames(select, model)
  return queryGenerator.selectQuery(model.getTableName(), named, model).replace(/;$/, '')
}

/**
 * `select id …` of what holds a piece of text, one more than is counted. A rare piece is read from its index. Where it
 * is so frequent that the planner would rather read the table from its beginning, rows are met in the order of the
 * list: there are enough of them at once, and people work at that end, so its pages are in memory.
 */
async function holdingRows(question: Question, asked: { attributes: string[]; order: Order }) {
  const limit = FOUND_LIMIT + 1
  const inAnyOrder = fittingRows(question, { attributes: asked.attributes, limit })
  const isOrdered = (await planOf(inAnyOrder)).Plans?.[0]?.['Node Type'] === 'Seq Scan'
  return { isOrdered, fitting: isOrdered ? fittingRows(question, { ...asked, limit }) : inAnyOrder }
}

/** How many rows hold a piece of text and, when that reading can tell, which of them stand on this page. */
export async function findHolding(
  question: Question,
  { order, by, direction, limit, offset }: Place,
): Promise<{ count: number; ids: number[] | null }> {
  const attributes = by === 'id' ? ['id'] : ['id', by]
  const { fitting, isOrdered } = await holdingRows(question, { attributes, order })
  const [found] = await sequelize.query<{ count: number; ids: number[] | null }>(
    `with fitting as materialized (${fitting})
     select count, case when ${isOrdered} or count <= ${FOUND_LIMIT} then
       array(select id from fitting order by "${by}" ${direction}, id ${direction} limit ${limit} offset ${offset}) end as ids
     from (select count(*)::int as count from fitting) as counted`,
    { type: QueryTypes.SELECT },
  )
  return { count: found?.count ?? 0, ids: found?.ids ?? null }
}

async function countRows(fitting: string): Promise<number> {
  const [counted] = await sequelize.query<{ count: number }>(
    `select count(*)::int as count from (${fitting}) as fitting`,
    { type: QueryTypes.SELECT },
  )
  return counted?.count ?? 0
}

/** How many rows fit where no words are looked for; stops one above the limit. */
export const countFitting = (question: Question): Promise<number> =>
  countRows(fittingRows(question, { limit: COUNT_LIMIT + 1 }))

/** How many rows hold a piece of text; stops one above the limit. `order` is that of the list. */
export const countHolding = async (question: Question, order: Order): Promise<number> =>
  countRows((await holdingRows(question, { attributes: ['id'], order })).fitting)
