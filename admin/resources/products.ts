/** The price list: services, licences and goods. */
import { Product } from '../../src/models/product.ts'
import { productKeeping } from '../../src/operations/keep-catalogue.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from './choices.ts'

export const products = defineResource(Product, {
  id: 'products',
  navigation: { group: 'shipping', icon: 'Tag' },
  title: 'name',
  codes: ['code', 'unitCode'],
  long: ['licenceText', 'vatExemption'],
  choices: {
    kind: ['service', 'licence', 'goods'],
    currency: currencies,
    vatCode: ['standard', 'reduced', 'zero'],
  },
  list: [
    { property: 'name', card: 'title' },
    { property: 'code', card: 'sub' },
    'kind',
    'unit',
    { property: 'priceMinor', card: 'sum' },
    'vatCode',
    'isActive',
    { property: 'termMonths', optional: true },
    { property: 'seats', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'onSale', filters: { isActive: 'true' } },
    { key: 'services', filters: { kind: 'service' } },
    { key: 'licences', filters: { kind: 'licence' } },
    { key: 'goods', filters: { kind: 'goods' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['kind', 'currency', 'vatCode', 'isActive', 'priceMinor'],
  text: 'name',
  hasSearchName: true,
  search: ['name', 'code'],
  usual: ['currency'],
  show: {
    codes: ['code'],
    sections: [
      { key: 'product', fields: ['name', 'kind', 'unit', 'unitCode', 'priceMinor', 'currency', 'isActive'] },
      { key: 'vat', fields: ['vatCode', 'vatExemption'] },
      { key: 'licence', fields: ['licenceText', 'termMonths', 'seats'] },
    ],
    steps: ['edit', 'restore', 'delete'],
  },
  form: [
    {
      key: 'product',
      fields: [
        'name',
        { property: 'code', half: true },
        { property: 'kind', half: true },
        { property: 'unit', half: true },
        { property: 'unitCode', half: true, hint: true },
        { property: 'priceMinor', half: true, hint: true },
        { property: 'currency', half: true, hint: true },
        'isActive',
      ],
    },
    {
      key: 'vat',
      fields: [
        { property: 'vatCode', half: true, start: 'standard' },
        { property: 'vatExemption', hint: true },
      ],
    },
    {
      key: 'licence',
      fields: [
        { property: 'licenceText', hint: true },
        { property: 'termMonths', half: true },
        { property: 'seats', half: true },
      ],
    },
  ],
  keep: productKeeping,
})
