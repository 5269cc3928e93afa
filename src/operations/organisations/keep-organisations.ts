/** Keeping organisations: requisites are checked at every save, and wrong ones stop at the gate, not in a drawer. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { blockingFaults, checkRequisites, type RequisiteFaults } from '../../domain/requisites.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { keepRecords } from '../keep-record.ts'
import { operation } from '../operation.ts'
import { acceptingRequisites, fieldFaults, rememberFaults } from './wrong-requisites.ts'

/**
 * A draft is saved with whatever was typed, faults and all. An active organisation keeps only values without format
 * faults; a wrong check digit needs an override, and a changed requisite ends an earlier override.
 */
export const organisationKeeping = keepRecords('organisation', Organisation, async (organisation) => {
  await keepTime(organisation)
  const faults = check(organisation)
  if (organisation.state !== 'draft') refuseFaults(organisation, faults)
  rememberFaults(organisation, fieldFaults(faults), Object.keys(faults))
})

/** Creates an organisation of the actor's office; an administrator names the office. */
export const createOrganisation = operation(
  'organisation.create',
  async ({ actor }, { values, officeId }: { values: object; officeId?: number }) => {
    authorise(actor, 'new', Organisation)
    const office = actor.officeId ?? officeId
    if (office === undefined || office === null)
      throw new DomainError('invalid', {}, { officeId: { code: 'required' } })
    const organisation = Organisation.build({ ...values, officeId: office } as never)
    await keepTime(organisation)
    organisation.requisitesFaults = fieldFaults(check(organisation))
    return organisation.save()
  },
)

/** Submits a draft: from here on it can be invoiced. @throws DomainError `invalid` with the faults beside their fields */
export const activateOrganisation = operation(
  'organisation.activate',
  async ({ actor }, { organisationId }: { organisationId: number }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'activate', organisation)
    const faults = check(organisation)
    organisation.requisitesFaults = fieldFaults(faults)
    refuseFaults(organisation, faults)
    organisation.state = 'active'
    return organisation.save()
  },
)

/** Until the second person has confirmed, accounting is not asked to ship anything to the organisation. */
export const organisationRequisites = acceptingRequisites('organisation', Organisation)

export const blockOrganisation = operation(
  'organisation.block',
  async ({ actor }, { organisationId, reason }: { organisationId: number; reason: string }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'block', organisation)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    await notifyDesk({ officeId: organisation.officeId, topic: 'counters' })
    return organisation.update({ state: 'blocked' })
  },
)

export const unblockOrganisation = operation(
  'organisation.unblock',
  async ({ actor }, { organisationId }: { organisationId: number }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'unblock', organisation)
    return organisation.update({ state: 'active' })
  },
)

async function lock(id: number): Promise<Organisation> {
  const organisation = await Organisation.findByPk(id, { lock: true })
  if (!organisation) throw new DomainError('not-found')
  return organisation
}

/** Whoever names no time zone lives by that of their office. */
async function keepTime(organisation: Organisation): Promise<void> {
  if (organisation.timezone) return
  organisation.timezone = (
    await Organisation.findByPk(organisation.officeId, { rejectOnEmpty: true })
  ).timezone
}

/** Writes the normalised values into the record and tells what is wrong with the others. */
function check(organisation: Organisation): RequisiteFaults {
  const { values, faults } = checkRequisites(organisation)
  // A value that cannot be read stays as it was typed, so that its author finds it again.
  for (const [field, value] of Object.entries(values))
    if (!faults[field]) organisation.set(field as never, value as never)
  return faults
}

function refuseFaults({ requisitesOverrideAt }: Organisation, faults: RequisiteFaults): void {
  const isAccepted = requisitesOverrideAt !== null && requisitesOverrideAt !== undefined
  const blocking = isAccepted ? blockingFaults(faults) : faults
  if (Object.keys(blocking).length > 0) throw new DomainError('invalid', {}, fieldFaults(blocking))
}
