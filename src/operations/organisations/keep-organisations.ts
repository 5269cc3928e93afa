/** Keeping organisations: requisites are checked at every save, and wrong ones stop at the gate, not in a drawer. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError, type FieldFaults } from '../../domain/errors.ts'
import type { RequisiteFault } from '../../domain/requisites/checked.ts'
import { blocksSubmit, checkRequisites } from '../../domain/requisites.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { keepRecords } from '../keep-record.ts'
import { operation } from '../operation.ts'

/**
 * A draft is saved with whatever was typed, faults and all. An active organisation keeps only values without format
 * faults; a wrong check digit needs an override, and a changed requisite ends an earlier override.
 */
export const organisationKeeping = keepRecords('organisation', Organisation, (organisation) => {
  const before = organisation.isNewRecord ? {} : organisation.requisitesFaults
  const faults = check(organisation)
  if (organisation.state !== 'draft') refuseFaults(organisation, faults)
  const after = organisation.requisitesFaults
  // Another wrong value with the same fault was not looked at by whoever accepted the first one.
  const hasOtherValue = Object.keys(after).some((field) => organisation.changed(field as never))
  if (hasOtherValue || JSON.stringify(before) !== JSON.stringify(after)) forgetOverride(organisation)
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
    check(organisation)
    return organisation.save()
  },
)

/** Submits a draft: from here on it can be invoiced. @throws DomainError `invalid` with the faults beside their fields */
export const activateOrganisation = operation(
  'organisation.activate',
  async ({ actor }, { organisationId }: { organisationId: number }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'activate', organisation)
    refuseFaults(organisation, check(organisation))
    organisation.state = 'active'
    return organisation.save()
  },
)

/** Accepts wrong check digits with a reason. It stays on the card, and accounting waits for a second person to confirm. */
export const overrideRequisites = operation(
  'organisation.override-requisites',
  async ({ actor, now }, { organisationId, reason }: { organisationId: number; reason: string }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'overrideRequisites', organisation)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    return organisation.update({
      requisitesOverrideReason: reason.trim(),
      requisitesOverrideBy: actor.id,
      requisitesOverrideAt: now,
      requisitesConfirmedBy: null,
      requisitesConfirmedAt: null,
    })
  },
)

/** The second pair of eyes: never those that overrode. @throws DomainError `own-override`, `forbidden` */
export const confirmRequisites = operation(
  'organisation.confirm-requisites',
  async ({ actor, now }, { organisationId }: { organisationId: number }) => {
    const organisation = await lock(organisationId)
    authorise(actor, 'confirmRequisites', organisation)
    if (organisation.requisitesOverrideBy === actor.id) throw new DomainError('own-override')
    return organisation.update({ requisitesConfirmedBy: actor.id, requisitesConfirmedAt: now })
  },
)

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

type Faults = Readonly<Record<string, RequisiteFault>>

/** Writes the normalised values and the faults into the record. */
function check(organisation: Organisation): Faults {
  const { values, faults } = checkRequisites(organisation)
  const found = Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, RequisiteFault] => entry[1] !== undefined),
  )
  // A value that cannot be read stays as it was typed, so that its author finds it again.
  for (const [field, value] of Object.entries(values))
    if (!found[field]) organisation.set(field as never, value as never)
  organisation.requisitesFaults = fieldFaults(found)
  return found
}

const fieldFaults = (faults: Faults): FieldFaults =>
  Object.fromEntries(
    Object.entries(faults).map(([field, { code, params, suggestion }]) => [
      field,
      { code, params: { ...params, ...(suggestion === undefined ? {} : { suggestion }) } },
    ]),
  )

function refuseFaults(organisation: Organisation, faults: Faults): void {
  const isAccepted =
    organisation.requisitesOverrideAt !== null && organisation.requisitesOverrideAt !== undefined
  const blocking = Object.entries(faults).filter(([, fault]) => blocksSubmit(fault) || !isAccepted)
  if (blocking.length > 0) throw new DomainError('invalid', {}, fieldFaults(Object.fromEntries(blocking)))
}

function forgetOverride(organisation: Organisation): void {
  organisation.set({
    requisitesOverrideReason: null,
    requisitesOverrideBy: null,
    requisitesOverrideAt: null,
    requisitesConfirmedBy: null,
    requisitesConfirmedAt: null,
  })
}
