/** What a resource tells its screens: the view objects that travel in `action.custom` of every AdminJS action. */
import type { SignedIn, Tone } from './desk-types.ts'

export type StaffRole = SignedIn['role']

/** How a value reads; the screens own one renderer for each. */
export type ColumnAs =
  | 'text'
  | 'long'
  | 'code'
  | 'money'
  | 'state'
  | 'choice'
  | 'day'
  | 'instant'
  | 'reference'
  | 'number'
  | 'percent'
  | 'flag'
  | 'list'
  | 'json'
  | 'faults'
  | 'standing'
  | 'request'
  | 'papers'
  | 'event'
  | 'changes'
  | 'subject'

/** Tone of each state by who reads it: one state is another person's move to another role. */
export type Tones = { all: Record<string, Tone> } & Partial<Record<StaffRole, Record<string, Tone>>>

/** A property as a screen shows it. `reference` is the id of the resource the value points at. */
export type Shown = {
  property: string
  as: ColumnAs
  reference?: string
  currencyFrom?: string
  tones?: Tones
}

/** A column of a list; `optional` ones are hidden until chosen, `card` is the place on a phone. */
export type ListColumn = Shown & {
  sortable?: true
  optional?: true
  card?: 'title' | 'sub' | 'sum' | 'state'
}

/** A quick filter above the list; its counter comes from `/admin/desk/chips/:resourceId`. */
export type Chip = { key: string; filters: Record<string, string> }

/**
 * A condition of the list, sent as `filters.<property>`: text for `text`/`code`, comma-separated values for `state`,
 * `choice` and `reference`, `filters.<property>~~from` and `~~to` for `day`, `instant`, `money`, `number`, `percent`,
 * `true`/`false` for `flag`, and `~empty` / `~filled` for any of them.
 */
export type FilterField = Shown & { options?: string[] }

/** `action.custom` of `list`. `bulk` and `resource` are action names in the order of their buttons, the first is primary. */
export type ListView = {
  columns: ListColumn[]
  chips: Chip[]
  filters: FilterField[]
  sort: { property: string; direction: 'asc' | 'desc' }
  /** Property of the one free-text condition beside the chips; null when the resource has none. */
  text: string | null
  bulk: string[]
  resource: string[]
  /** What the bar at the bottom adds up for the ticked rows. */
  sum: { property: string; currencyFrom?: string } | null
  /** Register that «Реестр Excel» of this list makes; null when there is none. */
  report: string | null
}

/** A group of facts of the record page. Its heading is `resources.<id>.sections.<key>`. */
export type ShowSection = { key: string; fields: Shown[] }

/** A list of another resource below the record: those whose foreign key is this record. */
export type Child = { resourceId: string; foreignKey: string }

/** `action.custom` of `show`. `steps` are record actions: the first one allowed is the primary button. */
export type RecordView = {
  /** Properties that together are its name on the screen. */
  names: string[]
  hasHistory: boolean
  state: Shown | null
  codes: Shown[]
  sections: ShowSection[]
  children: Child[]
  steps: string[]
}

/** A field of a form. `hint` true means there is a sentence `resources.<id>.hints.<property>`. */
export type FormField = Shown & {
  required?: true
  /** What a new record begins with. */
  start?: string | number | boolean
  half?: true
  hint?: true
  options?: string[]
  /** Only before the record exists: shown as text when editing. */
  onlyNew?: true
  maxLength?: number
}
export type FormSection = { key: string; fields: FormField[] }

/** `action.custom` of `new` and `edit`. The form posts `version` back as it was read: a stale one is refused. */
export type FormView = {
  sections: FormSection[]
  /** The office of a new record, asked of those who serve all offices; null where the record's organisation says it. */
  office: FormField | null
  /** What the form posts besides the fields, as JSON text: `lines` of an invoice `[{ productId, quantity, priceMinor? }]`. */
  extras: string[]
}

/** What a person is asked before the action runs; the payload is sent as JSON under the same names. */
export type ActionField = {
  name: string
  as:
    | 'text'
    | 'long'
    | 'day'
    | 'money'
    | 'choice'
    | 'number'
    | 'flag'
    | 'file'
    | 'files'
    | 'taxDocuments'
    | 'recipients'
  required?: true
  options?: string[]
  /** Property of the record the field starts with. */
  startsWith?: string
}

/** `action.custom` of every other action. Its question is `resources.<id>.confirm.<name>` when `confirm` is set. */
export type ActionView = {
  icon: string
  tone: 'plain' | 'danger'
  confirm?: true
  fields: ActionField[]
}

/** Why a button is shown but disabled: the role may, the state does not allow it now. Key under `errors.*`. */
export type Refusal = { code: string; params?: Record<string, string | number> }

/** What every record JSON of list, show and record actions carries beyond AdminJS's own RecordJSON. */
export type DeskRecord = {
  refusals: Record<string, Refusal>
  /** What its file is kept as, when this person may have it now: the download is `/admin/files/<file>/<id>`. */
  file: FileKind | null
}

export type FileKind = 'document' | 'folder' | 'export'

/** `meta` of a list answer: `total` stops at 10 000, at 1 000 where words are looked for; `isCapped` says that there is more. */
export type ListMeta = {
  total: number
  isCapped: boolean
  perPage: number
  page: number
  direction: 'asc' | 'desc'
  sortBy: string
}
