/** The program `npm run office:found`: the first office and its administrator of a new installation. */
import { parseArgs } from 'node:util'
import { closeDatabase } from './db/pool.ts'
import { isDomainError } from './domain/errors.ts'
import { countries, type Country } from './domain/requisites/country.ts'
import { foundOffice } from './operations/organisations/found-office.ts'
import { systemContext } from './operations/system-context.ts'
import { createFirstUser } from './operations/users/manage-users.ts'
import { atomic } from './db/atomic.ts'

const usage = `npm run office:found -- --country RU --name 'ООО «Центр»' --tax-id 7812345675 --kpp 781201001 \\
  --email office@centre.example --surname Иванова --first-name Анна --login anna@centre.example`

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    country: text,
    name: text,
    'tax-id': text,
    kpp: text,
    email: text,
    surname: text,
    'first-name': text,
    login: text,
  },
})

const country = countries.find((one) => one === values.country)
const { name, email, surname, login } = values
const taxId = values['tax-id']
const firstName = values['first-name']

if (!country || !name || !taxId || !email || !surname || !firstName || !login) {
  console.error(usage)
  process.exitCode = 2
} else {
  await found(country, { name, taxId, email, surname, firstName, login, kpp: values.kpp })
}
await closeDatabase()

async function found(
  place: Country,
  given: Record<'name' | 'taxId' | 'email' | 'surname' | 'firstName' | 'login', string> & {
    kpp: string | undefined
  },
): Promise<void> {
  const context = systemContext('office.found')
  try {
    const password = await atomic(async () => {
      const office = await foundOffice(context, {
        country: place,
        name: given.name,
        taxId: given.taxId,
        email: given.email,
        ...(given.kpp && { kpp: given.kpp }),
      })
      const person = { surname: given.surname, name: given.firstName, email: given.login }
      const made = await createFirstUser(context, {
        values: { ...person, role: 'administrator', officeId: office.id },
      })
      return made.password
    })
    console.log(
      `The office is founded. ${given.login} signs in with ${password} and chooses another password at once.`,
    )
  } catch (fault) {
    if (!isDomainError(fault)) throw fault
    console.error(`Not founded: ${JSON.stringify(fault.fields ?? fault.code)}`)
    process.exitCode = 1
  }
}
