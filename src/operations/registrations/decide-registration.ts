/** The office decides about a newcomer, with a reason that stays: the organisation is made if need be, the person gets a place. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { registrationStates } from '../../domain/states/registration.ts'
import { Membership } from '../../models/membership.ts'
import { Organisation } from '../../models/organisation.ts'
import { Registration } from '../../models/registration.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { postMail } from '../mails/post-mail.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation, type Context } from '../operation.ts'
import { createOrganisation } from '../organisations/keep-organisations.ts'

type Decision = { registrationId: number; reason: string }

/** @throws DomainError `invalid`, `forbidden`, `not-found`, `already-decided` */
export const approveRegistration = operation(
  'registration.approve',
  async (context, { registrationId, reason }: Decision): Promise<Registration> => {
    const registration = await decidable(context, registrationId, 'approve', reason)
    return approved(context, registration, reason.trim())
  },
)

/** In the ambient transaction: the organisation is made if need be, and the person gets a place in it. */
export async function approved(
  context: Context,
  registration: Registration,
  reason: string | null,
): Promise<Registration> {
  const { actor, now } = context
  const organisation = await organisationOf(context, registration)
  await Membership.create({
    userId: registration.userId ?? 0,
    officeId: organisation.officeId,
    organisationId: organisation.id,
    role: registration.subject === 'employee' ? 'employee' : 'head',
    state: 'active',
    reason,
    decidedBy: actor.id,
    decidedAt: now,
  })
  registration.organisationId = organisation.id
  return decided(context, registration, 'approve', reason)
}

export const refuseRegistration = operation(
  'registration.refuse',
  async (context, { registrationId, reason }: Decision): Promise<Registration> =>
    decided(context, await decidable(context, registrationId, 'refuse', reason), 'refuse', reason.trim()),
)

async function decidable(
  { actor }: Context,
  id: number,
  verb: 'approve' | 'refuse',
  reason: string,
): Promise<Registration> {
  const registration = await Registration.findByPk(id, { lock: true })
  if (!registration) throw new DomainError('not-found')
  authorise(actor, verb, registration)
  if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
  noteReason(reason)
  return registration
}

async function decided(
  { actor, now }: Context,
  registration: Registration,
  event: 'approve' | 'refuse',
  reason: string | null,
): Promise<Registration> {
  registration.set({
    state: registrationStates.next(registration.state, event),
    reason,
    decidedBy: actor.id,
    decidedAt: now,
  })
  await registration.save()
  const { id, officeId, organisationId, email, name, patronymic, language } = registration
  await postMail({
    kind: 'registration-decided',
    dedupKey: `registration-decided-${id}`,
    officeId,
    organisationId,
    recipient: email,
    recipientName: [name, patronymic].filter(Boolean).join(' '),
    language,
    params: { registrationId: id },
  })
  await settleNotifications('registrations', [id], now)
  await notifyDesk({ officeId, topic: 'counters' })
  if (registration.userId !== null) await notifyDesk({ userId: registration.userId, topic: 'counters' })
  return registration
}

/** The client there is, or a draft of the one that was told: requisites are checked like any other's before it is active. */
async function organisationOf(context: Context, registration: Registration): Promise<Organisation> {
  const { organisationId, officeId, country, subject, taxId, kpp, details } = registration
  if (organisationId !== null) return Organisation.findByPk(organisationId, { rejectOnEmpty: true })
  const person = [registration.surname, registration.name, registration.patronymic].filter(Boolean).join(' ')
  const { phone, ...known } = details
  return createOrganisation(context, {
    officeId,
    values: {
      ...known,
      country,
      kind: kindOf(registration),
      name: details.name ?? person,
      taxId,
      kpp,
      email: registration.email,
      phone: phone ?? null,
      ...(subject === 'person' && { headName: person }),
    },
  })
}

const kindOf = ({ subject, country, taxId }: Registration): Organisation['kind'] => {
  if (subject === 'person') return 'person'
  return country === 'RU' && taxId?.length === 12 ? 'entrepreneur' : 'legal'
}
