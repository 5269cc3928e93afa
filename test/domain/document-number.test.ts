/** Owns the rules of document numbers. */

import test from 'ava'
import { documentNumber, seriesYear } from '../../src/domain/document-number.ts'

test('a document number names its series, its year and six digits', (t) => {
  t.is(documentNumber('act', 2026, 123), 'АКТ-2026-000123')
  t.is(documentNumber('invoice', 2026, 1), 'СЧ-2026-000001')
  t.is(documentNumber('licence', 2026, 45), 'ЛЦ-2026-000045')
  t.is(documentNumber('accounting_request', 2026, 1_234_567), 'ЗБ-2026-1234567')
  t.is(seriesYear('2026-12-31'), 2026)
})
