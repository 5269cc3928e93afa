/** Writes a batch of rows of a file into the register, and how far the file is read, in one commit. */
import { RegisterImport } from '../../models/register-import.ts'
import { authorise } from '../../policies/define-policy.ts'
import { rows } from '../../queries/rows.ts'
import type { RegisteredOrganisation } from '../../registers/define-register.ts'
import { operation } from '../operation.ts'

export type BadRow = Readonly<{
  number: number
  field: string
  code: string
  params: Readonly<Record<string, string | number>>
  cells: readonly string[]
}>

export type RowBatch = Readonly<{
  importId: number
  /** `rows_read` as this worker knows it: a batch of a worker that lost the import changes nothing. */
  from: number
  upTo: number
  good: readonly RegisteredOrganisation[]
  bad: readonly BadRow[]
}>

/** How many bad rows are kept word by word; the rest are only counted. */
export const faultsKept = 100_000

/** Each organisation once in a batch: an upsert cannot touch a row twice. */
export const storeRegisterRows = operation('register-import.store', async ({ actor }, batch: RowBatch) => {
  authorise(actor, 'store', RegisterImport)
  const settled = await settle(batch)
  if (batch.bad.length > 0) await keepFaults(batch)
  const moved = await rows<{ id: number }>(
    `update register_imports set rows_read = $upTo, rows_bad = rows_bad + $bad, rows_added = rows_added + $added,
       rows_changed = rows_changed + $changed, rows_unchanged = rows_unchanged + $unchanged
     where id = $importId and rows_read = $from and state = 'running' returning id`,
    {
      importId: batch.importId,
      from: batch.from,
      upTo: batch.upTo,
      bad: batch.bad.length,
      ...settled,
    },
  )
  if (moved.length === 0) throw new Error(`another worker reads the import ${batch.importId}`)
})

const columns = [
  'tax_id',
  'kpp',
  'kind',
  'name',
  'short_name',
  'registration_number',
  'address',
  'head_name',
  'head_position',
  'okved',
  'state',
] as const
const said = columns.filter((column) => column !== 'tax_id' && column !== 'kpp')
const listed = (prefix: string) => said.map((column) => `${prefix}.${column}`).join(', ')

// What is known of a later day is not replaced by an earlier one. A row that says the same leaves no trace but a later day.
const upsert = `
  with import as (select id, country, as_of from register_imports where id = $importId),
  written as (
    insert into register_organisations as known (country, as_of, import_id, ${columns.join(', ')})
    select import.country, import.as_of, import.id, ${columns.map((column) => `given.${column}`).join(', ')}
    from import, unnest(${columns.map((column) => `$${column}::text[]`).join(', ')}) as given (${columns.join(', ')})
    on conflict (country, tax_id, kpp) do update set
      ${said.map((column) => `${column} = excluded.${column}`).join(', ')},
      as_of = excluded.as_of,
      import_id = case when (${listed('known')}) is distinct from (${listed('excluded')})
        then excluded.import_id else known.import_id end
    where excluded.as_of > known.as_of or (excluded.as_of = known.as_of
      and (${listed('known')}) is distinct from (${listed('excluded')}))
    returning xmax = 0 as is_added, import_id = $importId as is_ours)
  select count(*) filter (where is_added)::integer as added,
    count(*) filter (where is_ours and not is_added)::integer as changed from written`

async function settle({ importId, good }: RowBatch) {
  if (good.length === 0) return { added: 0, changed: 0, unchanged: 0 }
  const column = (value: (organisation: RegisteredOrganisation) => string | null) => good.map(value)
  const [written] = await rows<{ added: number; changed: number }>(upsert, {
    importId,
    tax_id: column(({ taxId }) => taxId),
    kpp: column(({ kpp }) => kpp),
    kind: column(({ kind }) => kind),
    name: column(({ name }) => name),
    short_name: column(({ shortName }) => shortName),
    registration_number: column(({ registrationNumber }) => registrationNumber),
    address: column(({ address }) => address),
    head_name: column(({ headName }) => headName),
    head_position: column(({ headPosition }) => headPosition),
    okved: column(({ okved }) => okved),
    state: column(({ state }) => state),
  })
  const { added = 0, changed = 0 } = written ?? {}
  return { added, changed, unchanged: good.length - added - changed }
}

const keepFaults = ({ importId, bad }: RowBatch) =>
  rows(
    `insert into register_import_faults (import_id, row_number, field, code, params, cells)
     select $importId, fault.number, fault.field, fault.code, fault.params, fault.cells
     from jsonb_to_recordset($bad::jsonb) as fault (number bigint, field text, code text, params jsonb, cells text[])
     where (select rows_bad from register_imports where id = $importId) < $limit
     on conflict do nothing`,
    { importId, bad: JSON.stringify(bad), limit: faultsKept },
  )
