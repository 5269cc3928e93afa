/** From the conditions of a list's address to SQL: which may be asked, and what each means. */
import { col, literal, Op, where, type Model, type ModelStatic, type WhereOptions } from 'sequelize'
import { sequelize } from '../src/db/sequelize.ts'
import { DomainError } from '../src/domain/errors.ts'
import { normaliseName } from '../src/domain/normalise-name.ts'
import type { FilterField } from './view-types.ts'

/** A condition over other tables: what the chosen values mean for the rows of this one. */
export type OwnFilter = (values: readonly string[], now: Date) => WhereOptions

/** What a list may be narrowed by. `searchName` is the property whose words the generated column `search_name` holds. */
export type Conditions = Readonly<{
  model: ModelStatic<Model>
  fields: readonly FilterField[]
  /** Meanings of the fields that are no columns. */
  own: Readonly<Record<string, OwnFilter>>
  searchName: string | null
  timezone: string
  now: Date
}>

// Shorter fragments find no trigram: they would read the whole table.
const SHORTEST_FRAGMENT = 3
const MOST_VALUES = 100

const refuse = (property: string, code: string): never => {
  throw new DomainError('bad-filter', { property }, { [property]: { code } })
}

const likePattern = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

const columnOf = (model: ModelStatic<Model>, property: string): string =>
  (model.getAttributes()[property] as { field?: string }).field ?? property

const digits = new Set(['taxId', 'kpp', 'registrationNumber', 'bic'])

function textCondition(
  { model, searchName }: Pick<Conditions, 'model' | 'searchName'>,
  property: string,
  value: string,
): WhereOptions {
  const text = value.trim()
  if (digits.has(property)) {
    return { [property]: { [Op.like]: `${likePattern(text.replace(/\s/g, ''))}%` } }
  }
  if (text.length < SHORTEST_FRAGMENT) return refuse(property, 'filter-too-short')
  if (property === searchName) {
    return where(col(`${model.name}.search_name`), Op.like as never, `%${likePattern(normaliseName(text))}%`)
  }
  const column = `"${model.name}"."${columnOf(model, property)}"`
  return literal(`lower(${column}) like ${sequelize.escape(`%${likePattern(text.toLowerCase())}%`)}`)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

const isDay = (value: string): boolean => DAY.test(value) && !Number.isNaN(Date.parse(value))

/** The first moment of a day in a zone; PostgreSQL knows the days when the clock is moved. */
const startOf = (day: string, timezone: string, plus: 0 | 1) =>
  literal(
    `((${sequelize.escape(day)}::date + ${plus})::timestamp at time zone ${sequelize.escape(timezone)})`,
  )

function rangeCondition(
  { timezone }: Conditions,
  { property, as }: FilterField,
  from: string | undefined,
  to: string | undefined,
): WhereOptions {
  const isTime = as === 'day' || as === 'instant'
  for (const bound of [from, to]) {
    if (bound === undefined) continue
    if (isTime ? !isDay(bound) : !Number.isFinite(Number(bound))) refuse(property, 'bad-value')
  }
  const bounds: Record<symbol, unknown> = {}
  if (as === 'instant') {
    if (from !== undefined) bounds[Op.gte] = startOf(from, timezone, 0)
    if (to !== undefined) bounds[Op.lt] = startOf(to, timezone, 1)
  } else {
    if (from !== undefined) bounds[Op.gte] = from
    if (to !== undefined) bounds[Op.lte] = to
  }
  return { [property]: bounds }
}

function valueCondition(conditions: Conditions, field: FilterField, value: string): WhereOptions {
  const { property, as, options } = field
  const own = conditions.own[property]
  if (own) {
    const values = value.split(',')
    if (!values.every((one) => options?.includes(one))) return refuse(property, 'bad-value')
    return own(values, conditions.now)
  }
  if (value === '~empty') return { [property]: null }
  if (value === '~filled') return { [property]: { [Op.ne]: null } }
  switch (as) {
    case 'text':
    case 'long':
    case 'code':
      return textCondition(conditions, property, value)
    case 'flag':
      if (value !== 'true' && value !== 'false') return refuse(property, 'bad-value')
      return { [property]: value === 'true' }
    case 'day':
    case 'instant':
      return rangeCondition(conditions, field, value, value)
    case 'list':
      return { [property]: { [Op.contains]: value.split(',') } }
    case 'json':
      return refuse(property, 'unknown-filter')
    default: {
      const values = value.split(',').slice(0, MOST_VALUES)
      const isNumber = as === 'reference' || as === 'money' || as === 'number' || as === 'percent'
      if (isNumber && values.some((one) => !/^-?\d{1,15}(\.\d+)?$/.test(one)))
        return refuse(property, 'bad-value')
      return { [property]: values.length === 1 ? values[0] : { [Op.in]: values } }
    }
  }
}

const KEY = /^filters\.(.+?)(?:~~(from|to))?$/

/**
 * @param query of the list's address, flat: `filters.state`, `filters.paidOn~~from`.
 * @returns the conditions, and whether one looks for a piece of text (which decides how the page is read).
 * @throws DomainError `bad-filter` for a property this list cannot be narrowed by, or a value that is none.
 */
export function conditionsOf(
  query: Readonly<Record<string, unknown>>,
  conditions: Conditions,
): { where: WhereOptions[]; hasText: boolean; names: Set<string> } {
  const found: WhereOptions[] = []
  const ranges = new Map<FilterField, { from?: string; to?: string }>()
  const names = new Set<string>()
  let hasText = false
  for (const [key, raw] of Object.entries(query)) {
    const [, property, bound] = KEY.exec(key) ?? []
    if (!property || typeof raw !== 'string' || raw === '') continue
    const field = conditions.fields.find((one) => one.property === property)
    if (!field) return refuse(property, 'unknown-filter')
    names.add(property)
    if (bound) ranges.set(field, { ...ranges.get(field), [bound]: raw })
    else {
      found.push(valueCondition(conditions, field, raw))
      hasText ||= (field.as === 'text' || field.as === 'code' || field.as === 'long') && !raw.startsWith('~')
    }
  }
  for (const [field, { from, to }] of ranges) found.push(rangeCondition(conditions, field, from, to))
  return { where: found, hasText, names }
}

/** Words of a reference field's search box: the name's fragment, or the beginning of a number, in any of these columns. */
export function searchCondition(
  model: ModelStatic<Model>,
  properties: readonly string[],
  searchName: string | null,
  words: string,
): WhereOptions {
  const text = words.trim()
  const either = properties.flatMap((property): WhereOptions[] => {
    if (digits.has(property))
      return /^\d[\d\s]*$/.test(text) ? [textCondition({ model, searchName }, property, text)] : []
    if (property === searchName) {
      const pattern = `${text.length < SHORTEST_FRAGMENT ? '' : '%'}${likePattern(normaliseName(text))}%`
      return [where(col(`${model.name}.search_name`), Op.like as never, pattern)]
    }
    // A table without names is named by its key.
    if (property === 'id') return /^\d{1,15}$/.test(text) ? [{ id: text }] : []
    const column = `"${model.name}"."${columnOf(model, property)}"`
    return [literal(`lower(${column}) like ${sequelize.escape(`%${likePattern(text.toLowerCase())}%`)}`)]
  })
  // Words that fit no column find nothing, not everything.
  return either.length > 0 ? { [Op.or]: either } : literal('false')
}
