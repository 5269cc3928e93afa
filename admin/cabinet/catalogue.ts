/** What the office sells to its clients (S2-08, S5-04); an order becomes an invoice by the hands of the staff. */
import { Product } from '../../src/models/product.ts'
import { placeOrder } from '../../src/operations/orders/place-order.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from '../resources/choices.ts'

export const catalogue = defineResource(Product, {
  id: 'products',
  side: 'client',
  // Its screen is a page of its own: a price list is read, not filtered by columns.
  navigation: null,
  title: 'name',
  codes: ['code'],
  long: ['licenceText'],
  choices: { kind: ['service', 'licence', 'goods'], currency: currencies },
  list: [
    { property: 'name', card: 'title' },
    { property: 'code', card: 'sub' },
    'kind',
    'unit',
    { property: 'priceMinor', card: 'sum' },
    { property: 'termMonths', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'asc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'services', filters: { kind: 'service' } },
    { key: 'licences', filters: { kind: 'licence' } },
    { key: 'goods', filters: { kind: 'goods' } },
  ],
  filters: ['kind', 'code', 'priceMinor'],
  text: 'name',
  search: ['name', 'code'],
  show: {
    codes: ['code'],
    sections: [
      { key: 'product', fields: ['name', 'kind', 'unit', 'priceMinor'] },
      { key: 'licence', fields: ['licenceText', 'termMonths', 'seats'] },
    ],
    steps: ['order'],
  },
  actions: [
    recordAction(
      {
        name: 'order',
        icon: 'ShoppingCart',
        fields: [
          { name: 'quantity', as: 'text', required: true, startsWith: 'quantity' },
          { name: 'comment', as: 'long' },
        ],
      },
      async (request, productId, payload) => {
        await placeOrder(request, {
          productId,
          quantity: String(payload['quantity']),
          comment: payload['comment'] === null ? null : String(payload['comment']),
        })
      },
    ),
  ],
})
