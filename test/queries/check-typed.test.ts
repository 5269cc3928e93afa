import test from 'ava'
import { checkTyped } from '../../src/queries/organisations/check-typed.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorFor, buildOffice, buildOrganisation } from '../_support/factories.ts'

await isolatedDatabase()

test(
  'a mistyped ИНН is told at once with the number most likely meant, and an empty field is no fault',
  isolated(async (t) => {
    const operator = actorFor('operator', await buildOffice())
    const faults = await checkTyped(operator, {
      form: 'organisations',
      values: { country: 'RU', kind: 'legal', taxId: '7707083894', kpp: '77360100', registrationNumber: '' },
    })
    t.like(faults['taxId'], { kind: 'checksum', code: 'inn-checksum', suggestion: '7707083893' })
    t.like(faults['kpp'], { kind: 'format', code: 'kpp-format' })
    t.deepEqual(Object.keys(faults).toSorted(), ['kpp', 'taxId'])
  }),
)

test(
  'an account is checked by the country of the organisation it belongs to, and never by that of a stranger',
  isolated(async (t) => {
    const office = await buildOffice()
    const { id } = await buildOrganisation({ office })
    const asked = {
      form: 'bank-accounts',
      values: { organisationId: String(id), bic: '044525225', account: '40702810000000000001' },
    }
    const faults = await checkTyped(actorFor('operator', office), asked)
    t.like(faults['account'], { kind: 'checksum', code: 'account-checksum' })
    t.deepEqual(await checkTyped(actorFor('operator', await buildOffice()), asked), {})
  }),
)
