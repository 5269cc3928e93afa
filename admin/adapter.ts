/** The only door between AdminJS and the tables: every read and write passes the policy of its model here. */
import { Resource } from '@adminjs/sequelize'
import { BaseRecord, type ActionContext, type BaseProperty, type ParamsType } from 'adminjs'
import {
  DataTypes,
  Op,
  type FindOptions,
  type Model,
  type ModelStatic,
  type Order,
  type WhereOptions,
} from 'sequelize'
import { sequelize } from '../src/db/sequelize.ts'
import { DomainError, type FieldFault } from '../src/domain/errors.ts'
import { currentRequest } from '../src/http/current-request.ts'
import { sideOf, type Actor, type Side } from '../src/policies/actor.ts'
import { columnsFor, scopeFor, scopeOf, writableFor } from '../src/policies/define-policy.ts'
import { conditionsOf, searchCondition } from './conditions.ts'
import {
  countFitting,
  countHolding,
  countLimit,
  findHolding,
  fittingRows,
  type Question,
} from './fitting-rows.ts'
import { gathered, readValue } from './form-values.ts'
import { officeOf } from './office-of.ts'
import { DeskProperty } from './property.ts'
import { ScopedRecord, type ScopedRules } from './scoped-record.ts'
import type { ListMeta } from './view-types.ts'

const MOST_PER_PAGE = 500
const DEFAULT_PER_PAGE = 25
const MOST_FOUND = 20

/** A page of a list and what the pager must know. */
export type Page = { records: ScopedRecord[]; meta: ListMeta }

const resources: Readonly<Record<Side, Map<string, ScopedResource>>> = { staff: new Map(), client: new Map() }

/** The resource of this id, for the desk's own endpoints. @throws DomainError `not-found` */
export function scopedResource(side: Side, id: string): ScopedResource {
  const resource = resources[side].get(id)
  if (!resource) throw new DomainError('not-found')
  return resource
}

export class ScopedResource extends Resource {
  readonly model: ModelStatic<Model>
  readonly rules: ScopedRules
  readonly #properties: Map<string, DeskProperty>

  constructor(model: ModelStatic<Model>, rules: ScopedRules) {
    super(model)
    this.model = model
    this.rules = rules
    this.#properties = new Map(
      columnsFor(rules.side, model).map((name) => [name, new DeskProperty(model, name, rules.hints)]),
    )
    resources[rules.side].set(rules.id, this)
  }

  static override isAdapterFor(): boolean {
    return false
  }
  override id(): string {
    return this.rules.id
  }
  override properties(): BaseProperty[] {
    return [...this.#properties.values()]
  }
  override property(path: string): BaseProperty | null {
    return this.#properties.get(path.split('.')[0] ?? path) ?? null
  }

  /** @throws DomainError `forbidden` for a person of the other side: its columns are not chosen for them */
  #actor(): Actor {
    const { actor } = currentRequest()
    if (sideOf(actor) !== this.rules.side) throw new DomainError('forbidden')
    return actor
  }

  #visible(): string[] {
    return [...this.#properties.keys()]
  }

  #scope(): WhereOptions {
    return scopeFor(this.#actor(), this.model)
  }

  #record(row: Model): ScopedRecord {
    return new ScopedRecord(row, this)
  }

  /** Rows deleted softly are shown only where they are asked for, and to whoever may restore them. */
  #withDeleted(names: ReadonlySet<string>): FindOptions {
    return { paranoid: !names.has('deletedAt') }
  }

  #conditions(query: Readonly<Record<string, unknown>>) {
    return conditionsOf(query, {
      model: this.model,
      fields: this.rules.filters,
      own: this.rules.ownFilters,
      searchName: this.rules.searchName,
      timezone: this.#actor().timezone,
      now: currentRequest().now,
    })
  }

  #order(query: Readonly<Record<string, unknown>>): { order: Order; by: string; direction: 'asc' | 'desc' } {
    const asked = query['sortBy']
    const isAsked = typeof asked === 'string' && this.rules.sortable.includes(asked)
    const by = isAsked ? asked : this.rules.sort.property
    const fallback = isAsked ? 'asc' : this.rules.sort.direction
    const direction =
      query['direction'] === 'asc' || query['direction'] === 'desc' ? query['direction'] : fallback
    // The key decides between equals, or a row could stand on two pages and another on none.
    const order: Order = (by === 'id' ? [by] : [by, 'id']).map((property) => [property, direction])
    return { order, by, direction }
  }

  #question(where: WhereOptions[], names: ReadonlySet<string>): Question {
    return { model: this.model, where: [this.#scope(), ...where], options: this.#withDeleted(names) }
  }

  /** One page of the list the address describes, in a stable order. */
  async page(query: Readonly<Record<string, unknown>>): Promise<Page> {
    const perPage = clamp(query['perPage'], DEFAULT_PER_PAGE, MOST_PER_PAGE)
    const { where, hasText, names } = this.#conditions(query)
    const counted = countLimit(hasText)
    const page = clamp(query['page'], 1, Math.max(1, Math.floor(counted / perPage)))
    const question = this.#question(where, names)
    const { order, by, direction } = this.#order(query)

    const place = { order, by, direction, limit: perPage, offset: (page - 1) * perPage }
    const { count, ids } = hasText
      ? await findHolding(question, place)
      : { count: await countFitting(question), ids: null }
    // Ids first: a deep page passes over the index, not over the rows before it.
    const walked = () => fittingRows(question, { order, limit: perPage, offset: place.offset })
    const here = ids ?? sequelize.literal(`(${walked()})`)
    const rows =
      count === 0
        ? []
        : await this.model.findAll({
            where: { [Op.and]: [this.#scope(), { id: { [Op.in]: here } }] },
            attributes: this.#visible(),
            order,
            ...question.options,
          })
    const records = rows.map((row) => this.#record(row))
    for (const record of records) record.isBrief = true
    await this.lookUpReferences(records, this.rules.listReferences)
    await this.lookBeside(records)
    return {
      records,
      meta: {
        total: Math.min(count, counted),
        isCapped: count > counted,
        perPage,
        page,
        direction,
        sortBy: by,
      },
    }
  }

  /** How many rows this person would see in the list of an address; stops where its pager does. */
  async countOf(query: Readonly<Record<string, unknown>>): Promise<{ count: number; isCapped: boolean }> {
    const { where, hasText, names } = this.#conditions(query)
    const limit = countLimit(hasText)
    const question = this.#question(where, names)
    const count = await (hasText ? countHolding(question, this.#order(query).order) : countFitting(question))
    return { count: Math.min(count, limit), isCapped: count > limit }
  }

  /** The `where` of a list's address for work over all of its pages: a register, a bulk action on everything. */
  whereOf(query: Readonly<Record<string, unknown>>): WhereOptions {
    return { [Op.and]: [this.#scope(), ...this.#conditions(query).where] }
  }

  /** At most 20 records for the box of a reference field. */
  async lookUp(words: string, query: Readonly<Record<string, unknown>>): Promise<ScopedRecord[]> {
    const { where } = this.#conditions(query)
    const looked =
      words.trim() === ''
        ? []
        : [searchCondition(this.model, this.rules.search, this.rules.searchName, words)]
    const rows = await this.model.findAll({
      where: { [Op.and]: [this.#scope(), ...where, ...looked] },
      attributes: this.#visible(),
      order:
        looked.length > 0
          ? [
              [this.rules.title, 'asc'],
              ['id', 'asc'],
            ]
          : [['id', 'desc']],
      limit: MOST_FOUND,
    })
    return rows.map((row) => Object.assign(this.#record(row), { isBrief: true }))
  }

  override async find(): Promise<BaseRecord[]> {
    throw new Error(`${this.rules.id}: lists are read by page(), not by AdminJS's own find`)
  }
  override async count(): Promise<number> {
    throw new Error(`${this.rules.id}: lists are counted by page(), not by AdminJS's own count`)
  }

  override async findOne(id: string | number): Promise<ScopedRecord | null> {
    if (!/^\d{1,15}$/.test(String(id))) return null
    const row = await this.model.findOne({
      where: { [Op.and]: [{ id }, this.#scope()] },
      attributes: this.#visible(),
      paranoid: false,
    })
    return row && this.#record(row)
  }

  override async findMany(ids: (string | number)[]): Promise<ScopedRecord[]> {
    const known = ids.map(String).filter((id) => /^\d{1,15}$/.test(id))
    if (known.length === 0) return []
    const rows = await this.model.findAll({
      where: { [Op.and]: [{ id: { [Op.in]: known } }, this.#scope()] },
      attributes: this.#visible(),
      paranoid: false,
    })
    return rows.map((row) => this.#record(row))
  }

  /** Looks up what these records refer to: one query per referenced resource, nothing outside the person's scope. */
  async lookUpReferences(
    records: ScopedRecord[],
    properties: readonly string[] = this.#references(),
  ): Promise<void> {
    const wanted = new Map<ScopedResource, Set<string>>()
    const targets = properties.map((property) => ({ property, target: this.#target(property) }))
    for (const { property, target } of targets) {
      if (!target || scopeOf(this.#actor(), target.model) === null) continue
      const ids = wanted.get(target) ?? new Set()
      for (const { params } of records) if (params[property] != null) ids.add(String(params[property]))
      wanted.set(target, ids)
    }
    const found = new Map<ScopedResource, Map<string, ScopedRecord>>()
    for (const [target, ids] of wanted) {
      const mentioned = await target.mentions([...ids])
      found.set(target, new Map(mentioned.map((record) => [String(record.id()), record])))
    }
    for (const { property, target } of targets) {
      for (const record of records) {
        const referred = target && found.get(target)?.get(String(record.params[property]))
        if (referred) record.populate(property, referred)
      }
    }
  }

  /** Adds to these records what other tables tell about them. */
  async lookBeside(records: readonly ScopedRecord[]): Promise<void> {
    const { beside } = this.rules
    if (!beside || records.length === 0) return
    const found = await beside(
      currentRequest(),
      records.map((record) => Number(record.id())),
    )
    for (const record of records) record.beside = found.get(Number(record.id())) ?? {}
  }

  /** Records by key with their title only. */
  async mentions(ids: readonly string[]): Promise<ScopedRecord[]> {
    if (ids.length === 0) return []
    const rows = await this.model.findAll({
      where: { [Op.and]: [{ id: { [Op.in]: [...ids] } }, this.#scope()] },
      attributes: ['id', this.rules.title],
      paranoid: false,
    })
    return rows.map((row) => this.#record(row))
  }

  #references(): string[] {
    return [...this.#properties.values()].filter((one) => one.shown.reference).map((one) => one.path())
  }

  #target(property: string): ScopedResource | null {
    const reference = this.#properties.get(property)?.shown.reference
    if (!reference) return null
    return resources[this.rules.side].get(reference) ?? null
  }

  override build(params: ParamsType): BaseRecord {
    const values = this.#knownTo(params)
    return this.#record(this.model.build(values as never))
  }

  #knownTo(params: ParamsType): Record<string, unknown> {
    const writable = new Set(writableFor(this.rules.side, this.model))
    return Object.fromEntries(Object.entries(params).filter(([name]) => writable.has(name)))
  }

  /** What a form may write: known columns only, empty means nothing, references must be visible to the person. */
  async #prepare(params: ParamsType): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {}
    const faults: Record<string, FieldFault> = {}
    for (const [name, raw] of Object.entries(this.#knownTo(gathered(params)))) {
      const property = this.#properties.get(name)
      if (!property) continue
      try {
        values[name] = await readValue(property, raw, {
          isVisible: async (id) => (await this.#target(name)?.findOne(id)) != null,
          isInteger: this.model.getAttributes()[name]?.type instanceof DataTypes.INTEGER,
        })
      } catch (fault) {
        if (!(fault instanceof DomainError)) throw fault
        faults[name] = { code: fault.code }
      }
    }
    if (Object.keys(faults).length > 0) throw new DomainError('invalid', undefined, faults)
    return values
  }

  #extras(params: ParamsType): Record<string, unknown> {
    return Object.fromEntries(
      this.rules.extras.flatMap((name) => (name in params ? [[name, params[name]]] : [])),
    )
  }

  override async create(params: ParamsType, _context?: ActionContext): Promise<ParamsType> {
    const create = this.rules.keep?.create
    if (!create) throw new DomainError('forbidden')
    const values = await this.#prepare(params)
    const named = { organisationId: values['organisationId'], officeId: params['officeId'] }
    const find = (property: string, key: string) => this.#target(property)?.findOne(key)
    const office = 'officeId' in values ? {} : await officeOf(this.model, this.#actor(), named, find)
    const made = await create(currentRequest(), { values: { ...values, ...office, ...this.#extras(params) } })
    const { record, result } = 'record' in made ? made : { record: made, result: undefined }
    return { id: record.get('id'), result }
  }

  /** `params.version` is the version the form was opened on; without it the write is refused. */
  override async update(id: string | number, params: ParamsType): Promise<ParamsType> {
    const edit = this.rules.keep?.edit
    if (!edit) throw new DomainError('forbidden')
    if (!(await this.findOne(id))) throw new DomainError('not-found')
    const version = Number(params['version'] ?? Number.NaN)
    // Sequelize declares the column of its optimistic lock by itself.
    const isVersioned = 'version' in this.model.getAttributes()
    if (isVersioned && !Number.isSafeInteger(version)) throw new DomainError('stale-record')
    const values = { ...(await this.#prepare(params)), ...this.#extras(params) }
    const kept = await edit(currentRequest(), { id: Number(id), ...(isVersioned && { version }), values })
    return { id: kept.get('id') }
  }

  override async delete(): Promise<void> {
    throw new Error(`${this.rules.id}: records are deleted by their action, not by AdminJS's own`)
  }
}

function clamp(value: unknown, usual: number, most: number): number {
  const asked = Math.floor(Number(value))
  return Number.isFinite(asked) && asked >= 1 ? Math.min(asked, most) : usual
}
