/** Links of an office to register by (S1-03): made, copied by the staff, taken back. */
import { DomainError } from '../../domain/errors.ts'
import { AccessLink } from '../../models/access-link.ts'
import { RegistrationLink } from '../../models/registration-link.ts'
import { authorise } from '../../policies/define-policy.ts'
import { issueLink, linkAddress } from '../links/personal-links.ts'
import { operation } from '../operation.ts'

const usualDays = 30

type Values = { title: string; expiresAt?: Date | string | null; officeId?: number | null }

/** @throws DomainError `invalid`, `office-required`, `forbidden` */
export const makeRegistrationLink = operation(
  'registration-link.create',
  async ({ actor, now }, { values }: { values: Values }): Promise<RegistrationLink> => {
    authorise(actor, 'new', RegistrationLink)
    const officeId = actor.officeId ?? values.officeId ?? null
    if (officeId === null) throw new DomainError('office-required')
    const expiresAt = values.expiresAt
      ? new Date(values.expiresAt)
      : new Date(now.getTime() + usualDays * 24 * 3_600_000)
    if (!values.title?.trim()) throw new DomainError('invalid', {}, { title: { code: 'required' } })
    if (!(expiresAt > now)) throw new DomainError('invalid', {}, { expiresAt: { code: 'day-past' } })
    const made = await RegistrationLink.create({ officeId, title: values.title.trim(), expiresAt })
    await issueLink({
      purpose: 'registration',
      subjectId: made.id,
      officeId,
      recipient: null,
      isSingleUse: false,
      expiresAt,
      now,
    })
    return made
  },
)

/** The address to hand out; each look at it is in the trail, for whoever has it may register. */
export const copyRegistrationLink = operation(
  'registration-link.copy',
  async ({ actor }, { linkId }: { linkId: number }): Promise<string> => {
    const made = await lock(linkId)
    authorise(actor, 'copy', made)
    const link = await AccessLink.findOne({
      where: { purpose: 'registration', subjectId: made.id },
      rejectOnEmpty: true,
    })
    return linkAddress(link)
  },
)

export const revokeRegistrationLink = operation(
  'registration-link.revoke',
  async ({ actor, now }, { linkId }: { linkId: number }): Promise<RegistrationLink> => {
    const made = await lock(linkId)
    authorise(actor, 'revoke', made)
    await AccessLink.update(
      { revokedAt: now },
      { where: { purpose: 'registration', subjectId: made.id, revokedAt: null } },
    )
    return made.update({ revokedAt: now, revokedBy: actor.id })
  },
)

async function lock(id: number): Promise<RegistrationLink> {
  const made = await RegistrationLink.findByPk(id, { lock: true })
  if (!made) throw new DomainError('not-found')
  return made
}
