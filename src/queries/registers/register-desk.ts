/** What the screen of the register shows: how full it is in each country, and the imports with how they went. */
import type { RegisterDesk, RegisterImportFacts } from '../../../admin/desk-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { countries } from '../../domain/requisites/country.ts'
import { RegisterCheck } from '../../models/register-check.ts'
import { RegisterImport } from '../../models/register-import.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'

const importsShown = 50

type Filled = { country: 'RU' | 'KZ' | 'BY'; organisations: number; as_of: string | null }

/** @param outside countries of which a register outside is asked too */
export async function registerDesk(actor: Actor, outside: readonly string[]): Promise<RegisterDesk> {
  authorise(actor, 'lookUp', RegisterCheck)
  const filled = await rows<Filled>(
    // What imports have added is what there is: the table itself is too large to be counted for a screen.
    `select country, sum(rows_added)::bigint as organisations,
       max(as_of) filter (where state = 'done')::text as as_of
     from register_imports group by country`,
  )
  return {
    countries: countries.map((country) => {
      const one = filled.find((entry) => entry.country === country)
      return {
        country,
        organisations: one?.organisations ?? 0,
        asOf: one?.as_of ?? null,
        hasService: outside.includes(country),
      }
    }),
    imports: can(actor, 'list', RegisterImport) ? await newestImports(actor) : [],
    may: { watch: can(actor, 'list', RegisterImport), import: can(actor, 'upload', RegisterImport) },
  }
}

async function newestImports(actor: Actor): Promise<RegisterImportFacts[]> {
  const imports = await RegisterImport.findAll({ order: [['id', 'desc']], limit: importsShown })
  const people = await authorsOf(imports)
  return imports.map((made) => factsOf(actor, made, people))
}

/** @throws DomainError `not-found` also for those who may not watch */
export async function registerImport(actor: Actor, importId: number): Promise<RegisterImportFacts> {
  const made = await RegisterImport.findByPk(importId)
  if (!made || !can(actor, 'show', made)) throw new DomainError('not-found')
  return factsOf(actor, made, await authorsOf([made]))
}

async function authorsOf(imports: readonly RegisterImport[]): Promise<Map<number, string>> {
  const ids = [...new Set(imports.flatMap(({ createdBy }) => createdBy ?? []))]
  const people = await rows<{ id: number; name: string }>(
    `select id, concat_ws(' ', surname, name) as name from users where id = any ($ids::bigint[])`,
    { ids },
  )
  return new Map(people.map(({ id, name }) => [id, name]))
}

function factsOf(
  actor: Actor,
  made: RegisterImport,
  people: ReadonlyMap<number, string>,
): RegisterImportFacts {
  return {
    id: made.id,
    country: made.country,
    asOf: made.asOf,
    fileName: made.fileName,
    fileSize: made.fileSize,
    state: made.state,
    rowsTotal: made.rowsTotal,
    rowsRead: made.rowsRead,
    rowsBad: made.rowsBad,
    rowsAdded: made.rowsAdded,
    rowsChanged: made.rowsChanged,
    rowsUnchanged: made.rowsUnchanged,
    isStopping: made.state === 'running' && made.cancelRequested,
    failure: made.failureCode === null ? null : { code: made.failureCode, params: made.failureParams },
    by: made.createdBy === null ? null : (people.get(made.createdBy) ?? null),
    createdAt: made.createdAt.toISOString(),
    startedAt: made.startedAt?.toISOString() ?? null,
    finishedAt: made.finishedAt?.toISOString() ?? null,
    may: {
      run: can(actor, 'run', made),
      cancel: can(actor, 'cancel', made) && !made.cancelRequested,
      retry: can(actor, 'retry', made),
      download: can(actor, 'download', made),
    },
    look: made.state === 'draft' ? lookOf(made) : null,
  }
}

function lookOf(made: RegisterImport): RegisterImportFacts['look'] {
  const look = made.look as Omit<NonNullable<RegisterImportFacts['look']>, 'shape' | 'headerRow' | 'mapping'>
  return {
    ...look,
    shape: made.shape,
    headerRow: made.headerRow,
    mapping: made.mapping,
  }
}
