/** Which office a new record belongs to: that of the organisation it is about, else its author's, else the one they name. */
import type { Model, ModelStatic } from 'sequelize'
import { DomainError } from '../src/domain/errors.ts'
import type { Actor } from '../src/policies/actor.ts'
import type { ScopedRecord } from './scoped-record.ts'

/**
 * The column to be written, or none when the table has no office.
 * @param find a record a column refers to, as far as the author may see it
 * @throws DomainError `invalid` when whoever serves all offices names none
 */
export async function officeOf(
  model: ModelStatic<Model>,
  { officeId }: Actor,
  named: Readonly<{ organisationId: unknown; officeId: unknown }>,
  find: (property: string, id: string) => Promise<ScopedRecord | null> | undefined,
): Promise<Record<string, unknown>> {
  if (!('officeId' in model.getAttributes())) return {}
  if (named.organisationId != null) {
    const organisation = await find('organisationId', String(named.organisationId))
    return { officeId: organisation?.params['officeId'] }
  }
  if (officeId !== null) return { officeId }
  // An office is an organisation that belongs to itself.
  const office = named.officeId ? await find('officeId', String(named.officeId)) : null
  if (office && office.params['officeId'] === office.params['id']) return { officeId: Number(office.id()) }
  throw new DomainError('invalid', undefined, { officeId: { code: 'office-required' } })
}
