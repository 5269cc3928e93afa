import test from 'ava'
import { requestLines } from '../../src/queries/accounting/request-lines.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorFor, buildOffice, buildShippedInvoice } from '../_support/factories.ts'

await isolatedDatabase()

test(
  'the lines of a request say what accounting answered; another office is told there is no such request',
  isolated(async (t) => {
    const { operator, request, lines } = await buildShippedInvoice()
    const found = await requestLines(operator, { requestId: request.id })
    t.is(found.lines.length, lines.length)
    t.true(found.lines.every(({ taxDocumentNumber, taxDocumentOn }) => taxDocumentNumber && taxDocumentOn))
    const stranger = actorFor('accountant', await buildOffice({ name: 'ООО «Чужие»' }))
    await t.throwsAsync(requestLines(stranger, { requestId: request.id }), { code: 'not-found' })
  }),
)
