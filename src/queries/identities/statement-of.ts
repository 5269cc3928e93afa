/** What a person is asked to sign, about their own account or the organisation they wish to act for. */
import type { Country } from '../../domain/requisites/country.ts'
import { statementText } from '../../domain/signed-statement.ts'
import { takesSignatures } from '../../identity/define-verifier.ts'
import { Identity } from '../../models/identity.ts'
import { Registration } from '../../models/registration.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { row } from '../rows.ts'

export type SignedSubject = 'identity' | 'registration'

export type AskedStatement = Readonly<{ id: number; version: number; country: Country; text: string }>

const fullName = ({ surname, name, patronymic }: Pick<Identity, 'surname' | 'name' | 'patronymic'>) =>
  [surname, name, patronymic].filter(Boolean).join(' ')

const emailOf = async (id: number): Promise<string> =>
  (await row<{ email: string }>('select email from users where id = $id', { id }))?.email ?? ''

async function ofIdentity(actor: Actor, site: string): Promise<AskedStatement | null> {
  const identity = await Identity.findOne({ where: { userId: actor.id ?? 0 } })
  if (!identity || !can(actor, 'sign', identity)) return null
  const { id, version, country, userId } = identity
  const email = await emailOf(userId)
  const text = statementText({
    mark: `A-${id}-${version}`,
    site,
    email,
    person: fullName(identity),
    organisation: null,
  })
  return { id, version, country, text }
}

async function ofRegistration(actor: Actor, site: string): Promise<AskedStatement | null> {
  const registration = await Registration.findOne({
    where: { userId: actor.id ?? 0, state: 'waiting' },
    order: [['id', 'desc']],
  })
  if (!registration || !can(actor, 'sign', registration)) return null
  const { id, version, country, taxId, details, email } = registration
  if (!country || !taxId) return null
  const person = fullName(registration)
  const text = statementText({
    mark: `R-${id}-${version}`,
    site,
    email,
    person,
    organisation: { name: details.name ?? person, taxId },
  })
  return { id, version, country, text }
}

/** Null where nothing is to be signed, or nobody could verify it. */
export async function statementOf(
  actor: Actor,
  { subject, site }: { subject: SignedSubject; site: string },
): Promise<AskedStatement | null> {
  const asked = await (subject === 'identity' ? ofIdentity(actor, site) : ofRegistration(actor, site))
  return asked && takesSignatures(asked.country) ? asked : null
}
