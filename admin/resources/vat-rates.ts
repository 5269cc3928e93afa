/** The table of VAT rates by country and day. */
import { VatRate } from '../../src/models/vat-rate.ts'
import { vatRateKeeping } from '../../src/operations/keep-catalogue.ts'
import { defineResource } from '../define-resource.ts'
import { countries } from './choices.ts'

export const vatRates = defineResource(VatRate, {
  id: 'vat-rates',
  navigation: { group: 'system', icon: 'Percent' },
  title: 'code',
  choices: { country: countries, code: ['standard', 'reduced', 'zero'] },
  list: [
    { property: 'code', card: 'title' },
    { property: 'country', card: 'sub' },
    { property: 'ratePercent', card: 'sum' },
    'validFrom',
    'validTo',
  ],
  sortable: ['validFrom'],
  sort: { property: 'validFrom', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'inForce', filters: { validTo: '~empty' } },
  ],
  filters: ['country', 'code', 'validFrom', 'validTo'],
  show: {
    sections: [{ key: 'rate', fields: ['country', 'code', 'ratePercent', 'validFrom', 'validTo'] }],
    steps: ['edit'],
  },
  form: [
    {
      key: 'rate',
      fields: [
        { property: 'country', half: true, required: true },
        { property: 'code', half: true, required: true },
        { property: 'ratePercent', hint: true },
        { property: 'validFrom', half: true },
        { property: 'validTo', half: true, hint: true },
      ],
    },
  ],
  // A rate that was in force is closed by a day, never deleted: invoices were counted by it.
  keep: { create: vatRateKeeping.create, edit: vatRateKeeping.edit },
})
