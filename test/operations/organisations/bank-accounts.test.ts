/** An account whose key does not hold is kept, and printed only when one person accepted it and another confirmed. */
import test from 'ava'
import { atomic } from '../../../src/db/atomic.ts'
import { loadSales } from '../../../src/operations/documents/load-sales.ts'
import {
  bankAccountKeeping,
  bankAccountRequisites,
} from '../../../src/operations/organisations/keep-client-records.ts'
import { createOrganisation } from '../../../src/operations/organisations/keep-organisations.ts'
import { productKeeping } from '../../../src/operations/keep-catalogue.ts'
import { BankAccount } from '../../../src/models/bank-account.ts'
import type { Organisation } from '../../../src/models/organisation.ts'
import type { Product } from '../../../src/models/product.ts'
import { rows } from '../../../src/queries/rows.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  as,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  testBik,
  validAccount,
  wrongAccount,
} from '../../_support/factories.ts'

await isolatedDatabase()

const values = ({ id: organisationId }: Organisation, account: string) => ({
  organisationId,
  bic: testBik,
  bankName: 'ПАО «Банк Пример», г. Москва',
  account,
})

const stored = (id: number) => BankAccount.findByPk(id, { rejectOnEmpty: true })

test(
  'a wrong key is kept with its fault; a number that cannot be one is refused at its field',
  isolated(async (t) => {
    const office = await buildOffice()
    const operator = as(actorFor('operator', office))
    const organisation = await buildOrganisation({ office })
    const create = (account: string) =>
      bankAccountKeeping.create(operator, { values: values(organisation, account) }) as Promise<BankAccount>
    const right = await create(validAccount())
    t.is((await stored(right.id)).requisitesState, 'right')

    const typed = wrongAccount()
    const wrong = await stored((await create(typed)).id)
    t.is(wrong.account, typed)
    t.is(wrong.requisitesState, 'wrong')
    t.like(wrong.requisitesFaults, { account: { code: 'account-checksum' } })

    t.like(await t.throwsAsync(create('40702')), {
      code: 'invalid',
      fields: { account: { code: 'account-format' } },
    } as never)
  }),
)

test(
  'an accepted account is printed when another person has confirmed it, and no longer when it is changed',
  isolated(async (t) => {
    const office = await buildOffice()
    const operator = as(actorFor('operator', office))
    const accountant = as(actorFor('accountant', office))
    const organisation = await buildOrganisation({ office })
    const { invoice } = await buildIssuedInvoice({ office, organisation })
    const made = (await bankAccountKeeping.create(operator, {
      values: values(organisation, wrongAccount()),
    })) as BankAccount
    const { id } = made
    const printed = async () =>
      (await loadSales([invoice.id])).get(invoice.id)?.customer.bank?.account ?? null
    t.is(await printed(), null)

    t.like(await t.throwsAsync(bankAccountRequisites.override(operator, { id, reason: ' ' })), {
      fields: { reason: { code: 'required' } },
    } as never)
    const reason = 'Так в справке банка от 12.03.2026'
    await bankAccountRequisites.override(operator, { id, reason })
    t.is((await stored(id)).requisitesState, 'accepted')
    t.is(await printed(), null)
    t.deepEqual(
      await rows(`select actor_id, note from audit_events
        where operation = 'bank-account.override-requisites' and subject_id = ${id}`),
      [{ actor_id: operator.actor.id, note: reason }],
    )

    t.like(await t.throwsAsync(bankAccountRequisites.confirm(operator, { id })), {
      code: 'forbidden',
    } as never)
    await bankAccountRequisites.confirm(accountant, { id })
    t.is((await stored(id)).requisitesState, 'confirmed')
    t.is(await printed(), made.account)

    await bankAccountKeeping.edit(operator, { id, values: { bankName: 'ПАО «Банк Пример»' } })
    t.is((await stored(id)).requisitesState, 'confirmed', 'the name of the bank is no part of the key')
    await bankAccountKeeping.edit(operator, { id, values: { bic: '044525974' } })
    t.not((await stored(id)).requisitesState, 'confirmed', 'the key is counted with the БИК')
    t.is((await stored(id)).requisitesOverrideAt, null)
  }),
)

test(
  'nobody confirms what they accepted, and the database does not let them either',
  isolated(async (t) => {
    const office = await buildOffice()
    const administrator = as(actorFor('administrator', null))
    const { id } = (await bankAccountKeeping.create(administrator, {
      values: values(await buildOrganisation({ office }), wrongAccount()),
    })) as BankAccount
    await bankAccountRequisites.override(administrator, { id, reason: 'так в справке' })
    t.like(await t.throwsAsync(bankAccountRequisites.confirm(administrator, { id })), {
      code: 'own-override',
    } as never)
    const around = `update bank_accounts set requisites_confirmed_by = requisites_override_by,
      requisites_confirmed_at = now(), version = version + 1 where id = ${id}`
    await t.throwsAsync(() => atomic(() => rows(around)), { message: /check constraint/ })
  }),
)

test(
  'what a form leaves open is taken from the country of the organisation and from its office',
  isolated(async (t) => {
    const office = await buildOffice({ country: 'KZ', timezone: 'Asia/Almaty' })
    const operator = as(actorFor('operator', office))
    const organisation = await createOrganisation(operator, {
      values: { country: 'KZ', kind: 'legal', name: 'ТОО «Сапа»', taxId: '020240000555', timezone: null },
    })
    t.is(organisation.timezone, 'Asia/Almaty')
    const account = (await bankAccountKeeping.create(operator, {
      values: {
        organisationId: organisation.id,
        bic: 'HSBKKZKX',
        bankName: 'АО «Банк Пример»',
        account: 'KZ86125KZT5004100100',
        currency: null,
      },
    })) as BankAccount
    t.is(account.currency, 'KZT')
    const product = (await productKeeping.create(as(actorFor('administrator', null)), {
      values: {
        officeId: office.id,
        code: 'А-1',
        name: 'Аудит',
        kind: 'service',
        priceMinor: 100_000,
        vatCode: 'standard',
        currency: null,
      },
    })) as Product
    t.is(product.currency, 'KZT')
  }),
)
