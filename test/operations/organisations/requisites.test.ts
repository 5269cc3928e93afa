/** Wrong requisites: a draft keeps them, the gate stops them at their field, an override waits for a second person. */
import test from 'ava'
import { Organisation } from '../../../src/models/organisation.ts'
import { requestShipment } from '../../../src/operations/accounting-requests/request-shipment.ts'
import {
  activateOrganisation,
  createOrganisation,
  organisationKeeping,
  organisationRequisites,
} from '../../../src/operations/organisations/keep-organisations.ts'
import { rows } from '../../../src/queries/rows.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  as,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  validInn,
  validOgrn,
} from '../../_support/factories.ts'

await isolatedDatabase()

const wrongInn = '1234567890'

const values = () => ({
  country: 'RU',
  kind: 'legal',
  name: 'ООО «Черновик»',
  taxId: wrongInn,
  kpp: '770501001',
  registrationNumber: validOgrn(),
  legalAddress: '115093, г. Москва, ул. Павловская, д. 7',
})

test(
  'a draft is saved with a wrong ИНН and cannot be submitted with it',
  isolated(async (t) => {
    const operator = as(actorFor('operator', await buildOffice()))
    const draft = await createOrganisation(operator, { values: values() })
    t.is(draft.state, 'draft')
    t.is(draft.taxId, wrongInn)
    t.truthy(draft.requisitesFaults['taxId'])

    const fault = await t.throwsAsync(activateOrganisation(operator, { organisationId: draft.id }))
    t.like(fault, { code: 'invalid', fields: { taxId: { code: 'inn-checksum' } } } as never)
    t.is((await draft.reload()).state, 'draft')

    await organisationKeeping.edit(operator, { id: draft.id, values: { taxId: validInn() } })
    t.is((await activateOrganisation(operator, { organisationId: draft.id })).state, 'active')
  }),
)

test(
  'an override needs a reason, is kept in the history, and a broken format cannot be overridden',
  isolated(async (t) => {
    const operator = as(actorFor('operator', await buildOffice()))
    const draft = await createOrganisation(operator, { values: values() })
    const organisationId = draft.id
    t.like(
      await t.throwsAsync(organisationRequisites.override(operator, { id: organisationId, reason: '  ' })),
      {
        fields: { reason: { code: 'required' } },
      } as never,
    )
    const reason = 'ИНН из свидетельства 1998 года'
    await organisationRequisites.override(operator, { id: organisationId, reason })
    t.is((await activateOrganisation(operator, { organisationId })).state, 'active')
    t.deepEqual(
      await rows(`select actor_id, note from audit_events
        where operation = 'organisation.override-requisites' and subject_id = ${organisationId}`),
      [{ actor_id: operator.actor.id, note: reason }],
    )

    const broken = await createOrganisation(operator, { values: { ...values(), taxId: '12' } })
    await organisationRequisites.override(operator, { id: broken.id, reason })
    t.like(await t.throwsAsync(activateOrganisation(operator, { organisationId: broken.id })), {
      code: 'invalid',
      fields: { taxId: { code: 'inn-format' } },
    } as never)
  }),
)

test(
  'accounting is not asked until another person has confirmed the override',
  isolated(async (t) => {
    const office = await buildOffice()
    const organisation = await buildOrganisation({ office })
    const { lines, operator } = await buildPaidInvoice({ office, organisation })
    const lineIds = lines.map(({ id }) => id)
    const ask = () => requestShipment(as(operator), { lineIds })
    // A client of old times: its ИНН was typed before anybody checked.
    await rows(`update organisations set tax_id = '${wrongInn}', version = version + 1,
      requisites_faults = '{"taxId": {"code": "inn-check-digit"}}' where id = ${organisation.id}`)

    t.like(await t.throwsAsync(ask()), { code: 'requisites-wrong' } as never)
    await organisationRequisites.override(as(operator), { id: organisation.id, reason: 'так в ЕГРЮЛ' })
    t.like(await t.throwsAsync(ask()), { code: 'requisites-unconfirmed' } as never)

    const another = actorFor('operator', office)
    const confirm = (actor: typeof another) =>
      organisationRequisites.confirm(as(actor), { id: organisation.id })
    t.like(await t.throwsAsync(confirm(another)), { code: 'forbidden' } as never)
    await confirm(actorFor('accountant', office))
    t.is((await ask()).created, 1)
  }),
)

test(
  'nobody confirms their own override',
  isolated(async (t) => {
    const administrator = as(actorFor('administrator', null))
    const office = await buildOffice()
    const draft = await createOrganisation(administrator, { values: values(), officeId: office.id })
    await organisationRequisites.override(administrator, { id: draft.id, reason: 'так в ЕГРЮЛ' })
    t.like(await t.throwsAsync(organisationRequisites.confirm(administrator, { id: draft.id })), {
      code: 'own-override',
    } as never)
    const other = actorFor('administrator', null)
    const confirmed = await organisationRequisites.confirm(as(other), { id: draft.id })
    t.is(confirmed.requisitesConfirmedBy, other.id)
  }),
)

test(
  'a changed requisite ends the override: the new fault has to be accepted anew',
  isolated(async (t) => {
    const operator = as(actorFor('operator', await buildOffice()))
    const { id } = await createOrganisation(operator, { values: values() })
    await organisationRequisites.override(operator, { id, reason: 'так в ЕГРЮЛ' })
    await organisationKeeping.edit(operator, { id, values: { registrationNumber: '1027700132196' } })
    const after = await Organisation.findByPk(id, { rejectOnEmpty: true })
    t.is(after.requisitesOverrideAt, null)
    t.like(await t.throwsAsync(activateOrganisation(operator, { organisationId: id })), {
      code: 'invalid',
    } as never)
  }),
)

test(
  'another wrong ИНН in place of the accepted one is not accepted with it',
  isolated(async (t) => {
    const operator = as(actorFor('operator', await buildOffice()))
    const { id } = await createOrganisation(operator, { values: values() })
    await organisationRequisites.override(operator, { id, reason: 'так в ЕГРЮЛ' })
    await organisationKeeping.edit(operator, { id, values: { taxId: '1234567891' } })
    t.is((await Organisation.findByPk(id, { rejectOnEmpty: true })).requisitesOverrideAt, null)
  }),
)

test(
  'an acceptance of two faults survives an edit that leaves them as they are',
  isolated(async (t) => {
    const operator = as(actorFor('operator', await buildOffice()))
    const { id } = await createOrganisation(operator, {
      values: { ...values(), registrationNumber: '1027700132196' },
    })
    await organisationRequisites.override(operator, { id, reason: 'так в ЕГРЮЛ' })
    await organisationKeeping.edit(operator, { id, values: { comment: 'звонить утром' } })
    t.not((await Organisation.findByPk(id, { rejectOnEmpty: true })).requisitesOverrideAt, null)
  }),
)
