/** A person keeps what is theirs to keep: how they are called, their language and their clock. */
import { DomainError } from '../../domain/errors.ts'
import { languages, type Language } from '../../domain/language.ts'
import { timezones } from '../../domain/timezones.ts'
import { Identity } from '../../models/identity.ts'
import { operation } from '../operation.ts'
import { ownAccount } from './own-account.ts'

export type ProfileValues = Readonly<{
  surname: string
  name: string
  patronymic: string | null
  language: Language
  timezone: string
}>

const longestName = 100

/** A name that is or was checked against papers stays as it is (S4-04): the wish to change it is refused, not forgotten. */
export const editProfile = operation('user.edit-profile', async ({ actor }, values: ProfileValues) => {
  const user = await ownAccount(actor)
  const surname = values.surname.trim()
  const name = values.name.trim()
  const patronymic = values.patronymic?.trim() || null
  const faults: Record<string, { code: string }> = {}
  if (!surname) faults['surname'] = { code: 'required' }
  if (!name) faults['name'] = { code: 'required' }
  for (const [field, text] of Object.entries({ surname, name, patronymic: patronymic ?? '' }))
    if (text.length > longestName) faults[field] = { code: 'too-long' }
  if (!languages.includes(values.language)) faults['language'] = { code: 'bad-value' }
  if (!timezones.includes(values.timezone)) faults['timezone'] = { code: 'bad-value' }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)

  user.set({ surname, name, patronymic, language: values.language, timezone: values.timezone })
  const isRenamed = ['surname', 'name', 'patronymic'].some((field) => user.changed(field as 'name'))
  if (isRenamed && user.role === 'client' && (user.level !== 'simplified' || (await isInCheck(user.id))))
    throw new DomainError('name-confirmed')
  return user.save()
})

const isInCheck = async (userId: number): Promise<boolean> =>
  (await Identity.count({ where: { userId, state: 'waiting' } })) > 0
