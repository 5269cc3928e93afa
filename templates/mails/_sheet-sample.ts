/** A made-up request, for the samples of letters and pages. */
import type { RequestSheet } from '../../src/queries/accounting/request-sheet.ts'

const line = {
  kind: 'service' as const,
  invoiceNumber: 'СЧ-2026-004412',
  quantity: '1',
  unit: 'шт',
  taxDocumentKind: null,
  taxDocumentNumber: null,
  taxDocumentOn: null,
  externalNumber: null,
  comment: null,
}

export const sampleSheet: RequestSheet = {
  id: 1490,
  officeId: 1,
  organisationId: 2,
  number: 'ЗБ-2026-001490',
  state: 'sent',
  outcome: null,
  shipmentOn: '2026-11-23',
  currency: 'RUB',
  totalMinor: 925_000,
  createdAt: new Date('2026-11-23T07:35:00Z'),
  requestedBy: 'Марина Ким',
  answeredAt: null,
  answeredBy: null,
  failureText: null,
  organisation: {
    name: 'АО «Полюс-Сервис»',
    taxId: '7705123456',
    kpp: '770501001',
    address: '115093, г. Москва, ул. Павловская, д. 7',
    country: 'RU',
  },
  seller: { name: 'ООО «Аттестация»', timezone: 'Europe/Moscow' },
  contract: { number: 'Д-118/26', signedOn: '2026-01-15' },
  lines: [
    {
      ...line,
      lineId: 1,
      name: 'Сертификат ЭП «Торговый», 12 мес.',
      priceMinor: 790_000,
      netMinor: 647_541,
      vatPercent: '22',
      vatMinor: 142_459,
      totalMinor: 790_000,
    },
    {
      ...line,
      lineId: 2,
      name: 'Лицензия СКЗИ, 1 рабочее место, 12 мес.',
      kind: 'licence',
      priceMinor: 135_000,
      netMinor: 135_000,
      vatPercent: null,
      vatMinor: 0,
      totalMinor: 135_000,
    },
  ],
}
