/** Somebody asks for an account. The answer is a letter, whoever they are: the page says the same to everybody. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import type { Language } from '../../domain/language.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { Agreement } from '../../models/agreement.ts'
import { Registration, type RegistrationDetails } from '../../models/registration.ts'
import { issueLink, openLink } from '../links/personal-links.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation, type Context } from '../operation.ts'
import { findAccount } from '../users/find-account.ts'

const DAY = 24 * 3_600_000
/** How long a mailbox may be confirmed. */
export const confirmDays = 3

type Person = Readonly<{
  email: string
  surname: string
  name: string
  patronymic?: string | null
  language: Language
}>

/** Registration by a link of the office (S1-03…05). @throws DomainError `invalid`, or why the link does not open */
export const registerByLink = operation(
  'registration.request',
  async ({ actor, now }, { token, ...person }: Person & { token: string }): Promise<void> => {
    const link = await openLink(token, now)
    if (link.purpose !== 'registration' || link.officeId === null) throw new DomainError('link-unknown')
    const checked = checkPerson(person)
    await answer({ actor, now }, checked, {
      officeId: link.officeId,
      way: 'link',
      registrationLinkId: link.subjectId,
    })
  },
)

export type SelfRegistration = Person &
  Readonly<{
    officeId: number
    country: 'RU' | 'KZ' | 'BY'
    subject: 'organisation' | 'person' | 'employee'
    isSubjectOfAccreditation: boolean
    taxId: string
    kpp: string | null
    details: RegistrationDetails
    source: 'register' | 'typed'
    /** Of a password that was looked at already: the word itself is kept nowhere. */
    passwordHash: string
    agreementId: number
    address: string
  }>

/** Registration in four steps (S2-02…08). @throws DomainError `invalid` with the fields at fault */
export const registerSelf = operation(
  'registration.request',
  async ({ actor, now }, { address, ...told }: SelfRegistration): Promise<void> => {
    const { email, surname, name, patronymic, language, ...rest } = told
    const person = checkPerson({ email, surname, name, patronymic: patronymic ?? null, language })
    await Agreement.findByPk(rest.agreementId, { rejectOnEmpty: true })
    await answer({ actor, now }, person, {
      ...rest,
      way: 'self',
      agreedAt: now,
      agreedFrom: address,
    })
  },
)

function checkPerson(person: Person): Person {
  const faults: Record<string, FieldFault> = {}
  const email = checkEmail(person.email)
  if (email.fault) faults['email'] = email.fault
  for (const field of ['surname', 'name'] as const)
    if (person[field].trim() === '') faults[field] = { code: 'required' }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
  return {
    ...person,
    email: (email.value ?? person.email).toLowerCase(),
    surname: person.surname.trim(),
    name: person.name.trim(),
    patronymic: person.patronymic?.trim() || null,
  }
}

type Told = Pick<Registration, 'officeId' | 'way'> & Partial<Registration>

async function answer({ now }: Context, person: Person, told: Told): Promise<void> {
  const { email, name, patronymic, language } = person
  const recipientName = [name, patronymic].filter(Boolean).join(' ')
  await oneAtATime(email)
  const known = await findAccount(email)
  if (known) {
    // The owner is told once a day at most, so that nobody fills a stranger's mailbox.
    if (known.state !== 'blocked' && !known.deletedAt)
      await postMail({
        kind: 'registration-known',
        dedupKey: `registration-known-${known.id}-${now.toISOString().slice(0, 10)}`,
        officeId: told.officeId,
        organisationId: null,
        recipient: known.email,
        recipientName: known.name,
        language: known.language,
        params: { userId: known.id },
      })
    return
  }
  const registration = await write(person, {
    ...told,
    expiresAt: new Date(now.getTime() + confirmDays * DAY),
  })
  const link = await issueLink({
    purpose: 'registration_confirm',
    subjectId: registration.id,
    officeId: registration.officeId,
    recipient: email,
    isSingleUse: true,
    expiresAt: registration.expiresAt,
    now,
    revokeOlder: true,
  })
  await postMail({
    kind: 'registration-confirm',
    dedupKey: `registration-confirm-${link.id}`,
    officeId: registration.officeId,
    organisationId: null,
    recipient: email,
    recipientName,
    language,
    params: { registrationId: registration.id, linkId: link.id },
  })
}

/** Two presses on the button are one wish. */
const oneAtATime = (email: string): Promise<unknown> =>
  sequelize.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', {
    bind: [`registration ${email}`],
    type: QueryTypes.SELECT,
  })

/** Asked again before the mailbox was confirmed: what was said last counts, and its letter is the one that works. */
async function write(person: Person, told: Told & { expiresAt: Date }): Promise<Registration> {
  const open = await Registration.findOne({
    where: { officeId: told.officeId, email: person.email, state: 'unconfirmed' },
    lock: true,
  })
  if (open) return open.update({ ...told, ...person })
  return Registration.create({ ...told, ...person })
}
