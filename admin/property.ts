/** What a column of a model is to AdminJS and to the screens, read from the model itself unless the resource says more. */
import { BaseProperty, type PropertyType } from 'adminjs'
import { DataTypes, type Model, type ModelAttributeColumnOptions, type ModelStatic } from 'sequelize'
import type { ColumnAs, Shown, Tones } from './view-types.ts'

/** What a resource says about its columns beyond what the model tells. */
export type PropertyHints = Readonly<{
  codes?: readonly string[]
  long?: readonly string[]
  choices?: Readonly<Record<string, readonly string[]>>
  references?: Readonly<Record<string, string>>
  tones?: Readonly<Record<string, Tones>>
  /** Columns that are never empty and may be left so in a form: the operation knows what is usual. */
  usual?: readonly string[]
}>

const usualReferences: Readonly<Record<string, string>> = {
  officeId: 'organisations',
  organisationId: 'organisations',
  sellerId: 'organisations',
  contractId: 'contracts',
  invoiceId: 'invoices',
  productId: 'products',
  requestId: 'accounting-requests',
  replacesId: 'documents',
  replacedById: 'documents',
}

const attributeOf = (model: ModelStatic<Model>, property: string): ModelAttributeColumnOptions => {
  const attribute = model.getAttributes()[property]
  if (!attribute) throw new Error(`${model.name} has no attribute ${property}`)
  return attribute
}

function byType(attribute: ModelAttributeColumnOptions, property: string): ColumnAs {
  const { type } = attribute
  if (type instanceof DataTypes.BOOLEAN) return 'flag'
  if (type instanceof DataTypes.DATEONLY) return 'day'
  if (type instanceof DataTypes.DATE) return 'instant'
  if (type instanceof DataTypes.ARRAY) return 'list'
  if (type instanceof DataTypes.JSONB) return 'json'
  if (property.endsWith('Minor')) return 'money'
  if (property.endsWith('Percent')) return 'percent'
  if (type instanceof DataTypes.BIGINT || type instanceof DataTypes.INTEGER) return 'number'
  return type instanceof DataTypes.DECIMAL ? 'number' : 'text'
}

/** @throws Error for an attribute the model does not have: a slip of the programmer, found at start. */
export function shown(model: ModelStatic<Model>, property: string, hints: PropertyHints): Shown {
  const attribute = attributeOf(model, property)
  const reference = hints.references?.[property] ?? usualReferences[property]
  const tones = hints.tones?.[property]
  if (reference) return { property, as: 'reference', reference }
  if (property === 'state' || tones) return { property, as: 'state', ...(tones && { tones }) }
  if (hints.choices?.[property])
    return { property, as: attribute.type instanceof DataTypes.ARRAY ? 'list' : 'choice' }
  if (hints.codes?.includes(property)) return { property, as: 'code' }
  if (hints.long?.includes(property)) return { property, as: 'long' }
  if (property === 'requisitesFaults') return { property, as: 'faults' }
  const as = byType(attribute, property)
  return {
    property,
    as,
    ...(as === 'money' && 'currency' in model.getAttributes() && { currencyFrom: 'currency' }),
  }
}

/** Every value a column may have, when they are few; null when anything goes. */
export function optionsOf(
  model: ModelStatic<Model>,
  property: string,
  hints: PropertyHints,
): string[] | null {
  const given = hints.choices?.[property]
  if (given) return [...given]
  const validate = attributeOf(model, property).validate as { isIn?: [string[]] } | undefined
  return validate?.isIn?.[0] ?? null
}

const propertyTypes: Readonly<Partial<Record<ColumnAs, PropertyType>>> = {
  flag: 'boolean',
  reference: 'reference',
  number: 'number',
  money: 'number',
  long: 'textarea',
}

/**
 * Days and instants are strings to AdminJS: its own date types convert through the clock of the server.
 * A reference of AdminJS's is declared only where a list or a record shows one, so that nothing else is looked up.
 */
export class DeskProperty extends BaseProperty {
  readonly shown: Shown
  readonly #options: string[] | null
  readonly #isRequired: boolean

  constructor(model: ModelStatic<Model>, property: string, hints: PropertyHints) {
    const described = shown(model, property, hints)
    super({
      path: property,
      isId: property === model.primaryKeyAttribute,
      type: propertyTypes[described.as] ?? 'string',
    })
    this.shown = described
    this.#options = optionsOf(model, property, hints)
    this.#isRequired = attributeOf(model, property).allowNull === false && !hints.usual?.includes(property)
  }

  override reference(): string | null {
    return this.shown.reference ?? null
  }
  override availableValues(): string[] | null {
    return this.#options
  }
  override isRequired(): boolean {
    return this.#isRequired
  }
  override isArray(): boolean {
    return this.shown.as === 'list'
  }
}
