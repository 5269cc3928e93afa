/** The words of the back office as a flat table, and the words its resources will ask for. */
import { locale, type Words } from '../../admin/locale/index.ts'
import { resources } from '../../admin/resources/index.ts'
import type { ActionView, FormView, ListView, RecordView, Shown } from '../../admin/view-types.ts'
import type { Language } from '../../src/domain/language.ts'

const flatten = (words: Words, prefix: string): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) => {
    const path = prefix ? `${prefix}.${key}` : key
    return typeof value === 'string' ? [[path, value] as [string, string]] : flatten(value, path)
  })

/** Key → text, in the order of the files. */
export const textsOf = (language: Language): Map<string, string> => new Map(flatten(locale[language], ''))

const PLURAL = /_(one|few|many|other)$/

/** The key without the ending that picks a plural: languages differ in how many they have. */
export const stemOf = (key: string): string => key.replace(PLURAL, '')

/** Every key of a language, with its plural endings and without. */
export const keysOf = (language: Language): Set<string> =>
  new Set([...textsOf(language).keys()].flatMap((key) => [key, stemOf(key)]))

/** Any one of these keys will do: what the screens fall back to, in their order. */
export type Wanted = readonly string[]

const propertyWords = (id: string, property: string): Wanted => [
  `resources.${id}.properties.${property}`,
  `properties.${property}`,
]
const valueWords = (id: string, property: string, value: string): Wanted => [
  `resources.${id}.labels.${property}.${value}`,
  `labels.${property}.${value}`,
]
const actionWords = (id: string, name: string): Wanted => [
  `resources.${id}.actions.${name}`,
  `actions.${name}`,
]

const statesOf = ({ tones }: Shown): string[] =>
  Object.values(tones ?? {}).flatMap((byState) => Object.keys(byState as Record<string, string>))

const ofAction = (id: string, name: string, view: ActionView): Wanted[] => [
  actionWords(id, name),
  ...(view.confirm ? [[`resources.${id}.confirm.${name}`, `confirm.${name}`]] : []),
  ...view.fields.flatMap((field) => [
    [
      `resources.${id}.fields.${name}.${field.name}`,
      `resources.${id}.fields.${field.name}`,
      `fields.${field.name}`,
      ...propertyWords(id, field.name),
    ],
    ...(field.options ?? []).map((option) => [
      `resources.${id}.fields.options.${field.name}.${option}`,
      `fields.options.${field.name}.${option}`,
      ...valueWords(id, field.name, option),
    ]),
  ]),
]

const customOf = (options: (typeof resources)[number]['options'], name: string): unknown =>
  new Map(Object.entries(options.actions ?? {})).get(name)?.custom

/** What every resource needs a text for: its name, properties, values, sections, chips, actions, questions. */
export const wantedByResources = (): Wanted[] =>
  resources.flatMap(({ spec, options }) => {
    const { id } = spec
    const list = customOf(options, 'list') as ListView
    const record = customOf(options, 'show') as RecordView
    const form = customOf(options, 'edit') as FormView | undefined
    const fields = form?.sections.flatMap((section) => section.fields) ?? []
    const properties = [
      ...list.columns,
      ...list.filters,
      ...record.codes,
      ...(record.state ? [record.state] : []),
      ...record.sections.flatMap((section) => section.fields),
      ...fields,
    ]
    const withOptions = [...list.filters, ...fields]
    return [
      [`labels.${id}`, `resources.${id}.labels.${id}`],
      ...properties.map(({ property }) => propertyWords(id, property)),
      ...properties.flatMap((one) => statesOf(one).map((state) => valueWords(id, one.property, state))),
      ...withOptions.flatMap(({ property, options: values }) =>
        (values ?? []).map((value) => valueWords(id, property, value)),
      ),
      ...list.chips.map(({ key }) => [`resources.${id}.chips.${key}`, `chips.${key}`]),
      ...[...record.sections, ...(form?.sections ?? [])]
        // The first group of a record has a heading of its own that all records share.
        .filter(({ key }) => key !== 'main')
        .map(({ key }) => [`resources.${id}.sections.${key}`]),
      ...fields.filter(({ hint }) => hint).map(({ property }) => [`resources.${id}.hints.${property}`]),
      ...(spec.actions ?? []).flatMap(({ name, view }) => ofAction(id, name, view)),
      ...(spec.keep?.remove
        ? ofAction(id, 'delete', { confirm: true, fields: [{ name: 'reason', as: 'text' }] } as ActionView)
        : []),
      ...(spec.keep?.restore ? [actionWords(id, 'restore')] : []),
    ]
  })
