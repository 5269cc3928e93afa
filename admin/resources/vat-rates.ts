/** The table of VAT rates by country and day. */
import { VatRate } from '../../src/models/vat-rate.ts'
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
  filters: ['country', 'code'],
  show: {
    sections: [{ key: 'rate', fields: ['country', 'code', 'ratePercent', 'validFrom', 'validTo'] }],
    steps: [],
  },
})
