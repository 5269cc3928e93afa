/** A form filled only where it asks to be is saved, and one that was opened and left as it is changes nothing. */
import test from 'ava'
import { startOfNew, startOfRecord } from '../../admin/components/form/start-values.ts'
import type { DeskResource } from '../../admin/define-resource.ts'
import type { FormView } from '../../admin/view-types.ts'
import { can } from '../../src/policies/define-policy.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { startBackOffice } from './_server.ts'
import { payloadOf, setWorkshop } from './_workshop.ts'
import { sides } from './_matrix.ts'

await isolatedDatabase()
const office = startBackOffice()

const formOf = ({ options }: DeskResource, action: 'new' | 'edit'): FormView | undefined =>
  options.actions?.[action]?.custom as FormView | undefined

/** What one choice makes necessary, as the hint beside the field says. */
const conditional: Readonly<Record<string, string>> = { 'staff users': 'officeId' }

for (const { side, api, resources } of Object.values(sides)) {
  test.serial(`every form of the ${side} side is saved with no more than it asks for`, async (t) => {
    t.timeout(300_000)
    const workshop = await setWorkshop(office)
    let saved = 0
    for (const one of resources) {
      const id = one.resource.id()
      const form = formOf(one, 'new')
      if (!form || !one.spec.keep?.create) continue
      const person = workshop.people.find(
        (who) => who.of.side === side && can(who.actor, 'new', one.resource.model),
      )
      if (!person) throw new Error(`nobody fills in the form of ${id}`)
      const known = (await payloadOf(`${side} ${id} new`, [], null, workshop)) as Record<string, unknown>
      const values: Record<string, unknown> = {
        ...startOfNew(form.sections, new URLSearchParams()),
        ...(form.office && { officeId: workshop.office.id }),
      }
      const asked = form.sections.flatMap(({ fields }) => fields).filter(({ required }) => required)
      const fields = [...asked.map(({ property }) => property), conditional[`${side} ${id}`] ?? []].flat()
      for (const property of fields) values[property] = known[property] ?? values[property]
      for (const extra of form.extras) values[extra] = known[extra]
      const { body } = await person.visitor.post(`${api}/${id}/actions/new`, values)
      t.deepEqual(body.record?.errors, {}, `${id} as ${person.name}: ${JSON.stringify(values)}`)
      t.is(body.notice?.type, 'success', `${id}: ${body.notice?.message}`)
      saved += 1
    }
    t.true(saved > 0)
  })
}

// Of the client's forms the one that opens a record asks the staff for changes: saved as it is, it asks for nothing.
test.serial('a form of the staff that was opened and saved as it is changes nothing', async (t) => {
  t.timeout(300_000)
  const { api, resources } = sides.staff
  const { people } = await setWorkshop(office)
  let saved = 0
  for (const one of resources) {
    const form = formOf(one, 'edit')
    // The lines of an invoice are read from another address.
    if (!form || !one.spec.keep?.edit || form.extras.length > 0) continue
    for (const { visitor } of people.filter((who) => who.of.side === 'staff')) {
      const base = `${api}/${one.resource.id()}`
      const { records = [] } = (await visitor.get(`${base}/actions/list?perPage=100`)).body
      const row = records.find(({ recordActions }) => recordActions.some(({ name }) => name === 'edit'))
      if (!row) continue
      const path = `${base}/records/${row.id}/edit`
      const before = (await visitor.get(path)).body.record
      if (!before) throw new Error(`${path} does not open`)
      const { record, notice } = (await visitor.post(path, startOfRecord(form.sections, before as never)))
        .body
      t.deepEqual(record?.errors, {}, path)
      t.is(notice?.type, 'success', `${path}: ${notice?.message}`)
      const told = (params: Record<string, unknown> = {}) =>
        Object.entries(params).filter(([name]) => !['version', 'updatedAt', 'updatedBy'].includes(name))
      t.deepEqual(told((await visitor.get(path)).body.record?.params), told(before.params), path)
      saved += 1
      break
    }
  }
  t.true(saved > 5, `${saved} forms were saved`)
})
