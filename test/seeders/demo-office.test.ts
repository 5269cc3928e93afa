/** The demo offices are made by real operations; this is also the shortest walk through the whole main job. */
import test from 'ava'
import { isolatedDatabase } from '../_support/database.ts'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { Document } from '../../src/models/document.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Mail } from '../../src/models/mail.ts'
import { Thread } from '../../src/models/thread.ts'
import { threadStates } from '../../src/domain/states/thread.ts'
import { invoiceLineStates } from '../../src/domain/states/invoice-line.ts'
import { seedDemoOffice } from '../../seeders/demo-office.ts'
import { seedReferenceData } from '../../seeders/reference-data.ts'

await isolatedDatabase()

test('a first start shows every state a line can have, with its papers, letters and trail', async (t) => {
  await seedReferenceData()
  await seedReferenceData()
  await seedDemoOffice()

  const lines = await InvoiceLine.findAll()
  t.deepEqual([...new Set(lines.map(({ state }) => state))].sort(), [...invoiceLineStates.states].sort())
  const threads = await Thread.findAll()
  t.deepEqual([...new Set(threads.map(({ state }) => state))].sort(), [...threadStates.states].sort())
  t.is(await Document.count({ where: { state: 'generating' } }), 0)
  t.true((await Document.count({ where: { state: 'published' } })) > 5)
  t.true((await Mail.count({ where: { kind: 'documents-published', state: 'waiting' } })) > 3)
  t.true((await AuditEvent.count({ where: { operation: 'document.publish' } })) > 5)
})
