/** The head of a client asks for other requisites: the wish is checked like the requisites themselves, and waits. */
import { UniqueConstraintError } from 'sequelize'
import { notifyBothSides } from '../../db/notify-desk.ts'
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import { checkRequisites } from '../../domain/requisites.ts'
import { ChangeRequest, type WantedChanges } from '../../models/change-request.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise, writableFor } from '../../policies/define-policy.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.trim() || null : null)

/** The fields a client may ask about. */
export const wantedFields = (): readonly string[] => writableFor('client', Organisation)

/**
 * @throws DomainError `nothing-changed`, `change-request-open` while an earlier wish waits, `stale-record`, and
 * `invalid` with the faults of the changed fields
 */
export const proposeChanges = operation(
  'change-request.propose',
  async (
    { actor, now },
    input: { organisationId: number; version?: number; values: object; reason?: string | null },
  ) => {
    const organisation = await Organisation.findByPk(input.organisationId, { lock: true })
    if (!organisation) throw new DomainError('not-found')
    authorise(actor, 'proposeChanges', organisation)
    authorise(actor, 'new', ChangeRequest)
    if (input.version !== undefined && input.version !== organisation.version)
      throw new DomainError('stale-record')
    const changes = checked(organisation, changesOf(organisation, input.values))
    if (Object.keys(changes).length === 0) throw new DomainError('nothing-changed')
    const request = await create(organisation, changes, textOf(input.reason))
    await notify({ kind: 'changes-proposed', subjectId: request.id, officeId: organisation.officeId, now })
    await notifyBothSides(request)
    return request
  },
)

async function create(
  { id, officeId }: Organisation,
  changes: WantedChanges,
  reason: string | null,
): Promise<ChangeRequest> {
  try {
    return await ChangeRequest.create({ organisationId: id, officeId, changes, reason })
  } catch (fault) {
    if (fault instanceof UniqueConstraintError) throw new DomainError('change-request-open')
    throw fault
  }
}

function changesOf(organisation: Organisation, values: object): WantedChanges {
  const changes: WantedChanges = {}
  for (const field of wantedFields()) {
    if (!(field in values)) continue
    const before = textOf(organisation.get(field))
    const after = textOf((values as Record<string, unknown>)[field])
    if (before !== after) changes[field] = { before, after }
  }
  return changes
}

/** The wish as it would be stored. Only what the head touched is judged: an old fault elsewhere is the staff's. */
function checked(organisation: Organisation, changes: WantedChanges): WantedChanges {
  const wanted = Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, after]))
  const { values, faults } = checkRequisites({ ...organisation.get({ plain: true }), ...wanted })
  const found: Record<string, FieldFault> = {}
  if ('name' in changes && !wanted['name']) found['name'] = { code: 'required' }
  for (const [field, fault] of Object.entries(faults))
    if (fault && field in changes)
      found[field] = { code: fault.code, ...(fault.params && { params: fault.params }) }
  if (Object.keys(found).length > 0) throw new DomainError('invalid', {}, found)
  const normalised: WantedChanges = {}
  for (const [field, { before, after }] of Object.entries(changes)) {
    const value = field in values ? values[field as keyof typeof values] : after
    if (value !== before) normalised[field] = { before, after: value }
  }
  return normalised
}
