import test from 'ava'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { VatRate } from '../../src/models/vat-rate.ts'
import { vatRateKeeping } from '../../src/operations/keep-catalogue.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorFor, as, buildVatRates } from '../_support/factories.ts'

await isolatedDatabase()

const rate = { country: 'RU', code: 'standard', ratePercent: '25', validFrom: '2027-01-01' }

test(
  'a new rate begins where the old one ends, and the trail says who set it',
  isolated(async (t) => {
    await buildVatRates()
    const administrator = actorFor('administrator', null)
    const open = await t.throwsAsync<Error & { fields?: object }>(
      vatRateKeeping.create(as(administrator), { values: rate }),
    )
    t.deepEqual(open?.fields, {
      validFrom: { code: 'vat-rate-open', params: { percent: '22', from: '2026-01-01' } },
    })
    const old = await VatRate.findOne({
      where: { country: 'RU', code: 'standard', validTo: null },
      rejectOnEmpty: true,
    })
    await vatRateKeeping.edit(as(administrator), {
      id: old.id,
      version: old.version,
      values: { validTo: '2026-12-31' },
    })
    const made = await vatRateKeeping.create(as(administrator), { values: rate })
    const event = await AuditEvent.findOne({
      where: { operation: 'vat-rate.create', subjectId: made.get('id') as number },
      rejectOnEmpty: true,
    })
    t.is(event.actorId, administrator.id)
  }),
)

test(
  'a span that ends before it begins, a rate beyond reason and an operator are refused',
  isolated(async (t) => {
    await buildVatRates()
    const administrator = as(actorFor('administrator', null))
    const later = { ...rate, country: 'BY', code: 'zero', validFrom: '1999-02-01', validTo: '1999-01-01' }
    for (const [values, field, code] of [
      [later, 'validTo', 'day-before-start'],
      [{ ...rate, ratePercent: '100' }, 'ratePercent', 'vat-percent'],
      [{ ...rate, validFrom: '2020-01-01', validTo: '2020-12-31' }, 'validFrom', 'vat-rate-overlaps'],
    ] as const) {
      const fault = await t.throwsAsync<Error & { fields?: Record<string, { code: string }> }>(
        vatRateKeeping.create(administrator, { values }),
      )
      t.is(fault?.fields?.[field]?.code, code)
    }
    await t.throwsAsync(vatRateKeeping.create(as(actorFor('operator', null)), { values: rate }), {
      message: 'forbidden',
    })
  }),
)
