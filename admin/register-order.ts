/** From a list and its conditions to an order for the register: the same rows, all pages, and the filter in words. */
import { DomainError } from '../src/domain/errors.ts'
import { formatDay } from '../src/domain/date-format.ts'
import type { CurrentRequest } from '../src/http/current-request.ts'
import type { RegisterOrder } from '../src/operations/exports/export-register.ts'
import { countRegister, selectionOf } from '../src/queries/reports/read-register.ts'
import { can } from '../src/policies/define-policy.ts'
import { scopedResource, type ScopedResource } from './adapter.ts'
import { hasText, translate } from './locale/index.ts'

type Query = Readonly<Record<string, unknown>>
type Language = 'ru' | 'en'

/** Lists of lines are printed in the order they were read in; others by their invoices. */
const lineOrders: Readonly<Record<string, string>> = { id: 'l.id', paidOn: 'l.paid_on' }

/** @throws DomainError `not-found` for a list that has no register, `forbidden`, `bad-filter` */
export async function registerOrder(
  { actor, principal }: CurrentRequest,
  resourceId: string,
  query: Query,
): Promise<RegisterOrder> {
  const resource = scopedResource('staff', resourceId)
  if (!can(actor, 'export', resource.model)) throw new DomainError('forbidden')
  const condition = selectionOf(resource.model, resource.whereOf(query))
  const column = resourceId === 'invoice-lines' ? lineOrders[String(query['sortBy'])] : undefined
  const { language } = principal.signedIn
  return {
    condition,
    ...(column && { order: `${column} ${query['direction'] === 'asc' ? 'asc' : 'desc'}, l.id` }),
    officeId: actor.officeId,
    rowsExpected: await countRegister({ condition, order: 'l.id' }),
    language,
    words: await filterInWords(resource, query, language),
  }
}

/** As the screens look words up: the resource's own, else the common ones. */
const said = (language: Language, resource: ScopedResource, key: string): string =>
  hasText(language, `resources.${resource.id()}.${key}`)
    ? translate(language, `resources.${resource.id()}.${key}`)
    : translate(language, key)

const conditionKey = /^filters\.([A-Za-z]+)(?:~~(from|to))?$/
const bounds = { from: { ru: 'с', en: 'from' }, to: { ru: 'по', en: 'to' } } as const

async function filterInWords(
  resource: ScopedResource,
  query: Query,
  language: Language,
): Promise<{ label: string; value: string }[]> {
  const words: { label: string; value: string }[] = []
  for (const [key, value] of Object.entries(query)) {
    const [, property, bound] = conditionKey.exec(key) ?? []
    if (!property || typeof value !== 'string' || value === '') continue
    const inPlainWords = await inWords(resource, property, value, language)
    words.push({
      label: said(language, resource, `properties.${property}`),
      value: bound ? `${bounds[bound as 'from' | 'to'][language]} ${inPlainWords}` : inPlainWords,
    })
  }
  return words
}

async function inWords(
  resource: ScopedResource,
  property: string,
  value: string,
  language: Language,
): Promise<string> {
  const field = resource.rules.filters.find((one) => one.property === property)
  if (field?.as === 'day' || field?.as === 'instant') return formatDay(value, language)
  if (field?.as === 'reference' && field.reference) {
    const found = await scopedResource('staff', field.reference).findMany(value.split(','))
    return found.map((record) => record.title()).join(', ') || value
  }
  if (field?.options)
    return value
      .split(',')
      .map((one) => said(language, resource, `labels.${property}.${one}`))
      .join(', ')
  return value
}
