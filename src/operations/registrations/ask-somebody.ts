/** Whoever has to decide about a newcomer is asked: the head of the client they claim to work at, or the office. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { registrationStates } from '../../domain/states/registration.ts'
import { Membership } from '../../models/membership.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Registration } from '../../models/registration.ts'
import type { User } from '../../models/user.ts'
import { notify } from '../notifications/notify.ts'

/** Who decides. */
export type Decider = 'head' | 'office'

/** Who claims to work at a client we know waits for its head; everybody else for the office. Saves the registration. */
export async function askSomebody(registration: Registration, user: User, now: Date): Promise<Decider> {
  const organisation = await ourOrganisation(registration)
  const hasHead =
    organisation !== null &&
    (await Membership.count({ where: { organisationId: organisation.id, role: 'head', state: 'active' } })) >
      0
  if (organisation && hasHead) {
    const { id: organisationId, officeId } = organisation
    const { id } = await Membership.create({
      userId: user.id,
      officeId,
      organisationId,
      role: 'employee',
      state: 'pending',
    })
    await notify({ kind: 'newcomer-waiting', subjectId: id, officeId, organisationId, now })
    await notifyDesk({ organisationId: organisation.id, topic: 'counters' })
  }
  registration.set({
    organisationId: organisation?.id ?? null,
    state: registrationStates.next(registration.state, hasHead ? 'admit' : 'confirm'),
    ...(hasHead && { decidedAt: registration.confirmedAt }),
  })
  await registration.save()
  if (!hasHead) {
    const { id, officeId } = registration
    await notify({ kind: 'registration-waiting', subjectId: id, officeId, now })
    await notifyDesk({ officeId, topic: 'counters' })
  }
  return hasHead ? 'head' : 'office'
}

/** The client of this office with these numbers. The newcomer never learns whether there is one before proving the mailbox. */
async function ourOrganisation(registration: Registration): Promise<Organisation | null> {
  const { officeId, country, taxId, kpp } = registration
  if (!country || !taxId) return null
  const same = { officeId, country, taxId, state: ['draft', 'active'] }
  return (
    (kpp ? await Organisation.findOne({ where: { ...same, kpp } }) : null) ??
    Organisation.findOne({ where: same, order: ['id'] })
  )
}
