/** The lines of a draft invoice: product, quantity, price; sums follow while typing, VAT is counted when it is saved. */

import { useEffect, useRef, useState } from 'react'
import { parseQuantity, timesQuantity } from '../../../src/domain/money.ts'
import { listRecords, readRecord, type RecordData } from '../desk-api.ts'
import { MoneyField } from '../form/money-field.tsx'
import type { FormParts } from '../form/record-form.tsx'
import { ReferenceField } from '../form/reference-field.tsx'
import { formatTyped, unlessRefused } from '../format.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

export type DraftLine = {
  productId: number | null
  title?: string
  quantity: string
  priceMinor: number | null
  currency: string
  comment?: string | null
}
type Props = FormParts & { invoiceId: string | null }

const BLANK: DraftLine = { productId: null, quantity: '1', priceMinor: null, currency: 'RUB' }
const linesOf = (value: unknown): DraftLine[] => (Array.isArray(value) ? (value as DraftLine[]) : [])
// The price is as typed while it is no amount.
const sumOf = ({ quantity, priceMinor }: DraftLine): number | null =>
  typeof priceMinor === 'number'
    ? unlessRefused(() => timesQuantity(priceMinor, parseQuantity(quantity)))
    : null

export const InvoiceLinesEditor = ({ invoiceId, values, set, adopt, faults }: Props) => {
  const words = useWords()
  const { failed } = useNotices()
  const [isLoading, setLoading] = useState(invoiceId !== null)
  const [added, setAdded] = useState<number | null>(null)
  const lines = linesOf(values['lines'])
  // A product's price arrives after the person may have gone on typing in another line.
  const latest = useRef(lines)
  latest.current = lines

  useEffect(() => {
    if (invoiceId === null) {
      if (!lines.length) adopt('lines', [BLANK])
      return
    }
    if (lines.length) {
      setLoading(false)
      return
    }
    listRecords('invoice-lines', {
      'filters.invoiceId': invoiceId,
      perPage: 200,
      sortBy: 'id',
      direction: 'asc',
    })
      .then(({ records }) =>
        adopt(
          'lines',
          records.map(({ params }): DraftLine => ({
            productId: Number(params['productId']) || null,
            title: String(params['name'] ?? ''),
            quantity: String(Number(params['quantity'])),
            priceMinor: Number(params['priceMinor']),
            currency: String(params['currency'] ?? 'RUB'),
          })),
        ),
      )
      .catch(failed)
      .finally(() => setLoading(false))
  }, [invoiceId])

  const change = (index: number, part: Partial<DraftLine>) =>
    set(
      'lines',
      latest.current.map((line, at) => (at === index ? { ...line, ...part } : line)),
    )
  const pickProduct = (index: number, id: string | null, record: RecordData | null) => {
    change(index, { productId: id ? Number(id) : null, ...(record && { title: record.title }) })
    if (!id) return
    readRecord('products', id)
      .then(({ record: product }) => {
        if (!product) return
        change(index, {
          productId: Number(id),
          title: product.title,
          priceMinor: Number(product.params['priceMinor']),
          currency: String(product.params['currency'] ?? 'RUB'),
        })
      })
      .catch(failed)
  }
  const add = () => {
    setAdded(lines.length)
    set('lines', [...lines, { ...BLANK, currency }])
  }
  const faultOf = (path: string) => {
    const fault = faults[path]
    return fault ? words.fault(fault.message, fault.params) : undefined
  }
  const currency = lines.find(({ productId }) => productId)?.currency ?? 'RUB'
  const total = lines.reduce((sum, line) => sum + (sumOf(line) ?? 0), 0)
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2">{words.t('screens.invoice.lines')}</h2>
      </header>
      <div className="cd-card-body" id="cd-field-lines" tabIndex={-1}>
        {faultOf('lines') ? (
          <p className="cd-fault" role="alert">
            <Icon name="AlertTriangle" />
            {faultOf('lines')}
          </p>
        ) : null}
        <div className="cd-lines-scroll">
          <table className="cd-lines-table" aria-busy={isLoading}>
            <thead>
              <tr>
                <th scope="col">{words.t('screens.invoice.product')}</th>
                <th scope="col" className="cd-number" style={{ width: 90 }}>
                  {words.t('screens.invoice.quantity')}
                </th>
                <th scope="col" className="cd-number" style={{ width: 140 }}>
                  {words.t('screens.invoice.price')}
                </th>
                <th scope="col" className="cd-number" style={{ width: 150 }}>
                  {words.t('screens.invoice.sum')}
                </th>
                <th style={{ width: 40 }}>
                  <span className="cd-hidden">{words.t('screens.invoice.drop')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line, index) => {
                const sum = sumOf(line)
                const faultHere = ['productId', 'quantity', 'priceMinor']
                  .map((name) => faultOf(`lines.${index}.${name}`))
                  .find(Boolean)
                return (
                  <tr key={index}>
                    <td className="cd-lines-whole" data-label={words.t('screens.invoice.product')}>
                      <ReferenceField
                        id={`cd-field-lines-${index}-productId`}
                        resourceId="products"
                        value={line.productId ? String(line.productId) : ''}
                        title={line.title ?? ''}
                        label={words.t('screens.invoice.product_of', { number: index + 1 })}
                        filters={{ 'filters.isActive': 'true' }}
                        isInvalid={Boolean(faultOf(`lines.${index}.productId`))}
                        isFocused={index === added}
                        onChange={(id, record) => pickProduct(index, id, record)}
                      />
                      {faultHere ? (
                        <p className="cd-fault">
                          <Icon name="AlertTriangle" />
                          {faultHere}
                        </p>
                      ) : null}
                    </td>
                    <td data-label={words.t('screens.invoice.quantity')}>
                      <input
                        id={`cd-field-lines-${index}-quantity`}
                        className="cd-input cd-number"
                        inputMode="decimal"
                        aria-label={words.t('screens.invoice.quantity_of', { number: index + 1 })}
                        aria-invalid={faultOf(`lines.${index}.quantity`) ? true : undefined}
                        value={formatTyped(line.quantity, words.language)}
                        onChange={(event) =>
                          change(index, { quantity: event.target.value.replace(',', '.') })
                        }
                      />
                    </td>
                    <td data-label={words.t('screens.invoice.price')}>
                      <MoneyField
                        id={`cd-field-lines-${index}-priceMinor`}
                        className="cd-input"
                        aria-label={words.t('screens.invoice.price_of', { number: index + 1 })}
                        aria-invalid={faultOf(`lines.${index}.priceMinor`) ? true : undefined}
                        value={line.priceMinor}
                        currency={line.currency}
                        onChange={(value) =>
                          change(index, { priceMinor: typeof value === 'number' ? value : null })
                        }
                      />
                    </td>
                    <td className="cd-number" data-label={words.t('screens.invoice.sum')}>
                      {sum === null ? '—' : words.money(sum, line.currency)}
                    </td>
                    <td className="cd-lines-drop">
                      <button
                        type="button"
                        className="cd-icon-button cd-icon-button-small"
                        aria-label={words.t('screens.invoice.drop_of', { number: index + 1 })}
                        onClick={() =>
                          set(
                            'lines',
                            lines.filter((_, at) => at !== index),
                          )
                        }
                      >
                        <Icon name="Trash2" />
                      </button>
                    </td>
                  </tr>
                )
              })}
            </tbody>
            <tfoot>
              <tr className="cd-lines-total">
                <td colSpan={3}>{words.t('screens.invoice.total')}</td>
                <td className="cd-number" aria-live="polite">
                  {words.money(total, currency)}
                </td>
                <td />
              </tr>
            </tfoot>
          </table>
        </div>
        <div className="cd-row">
          <Button isSmall icon="Plus" onClick={add}>
            {words.t('screens.invoice.add')}
          </Button>
          <span className="cd-muted cd-small">{words.t('screens.invoice.vat_note')}</span>
        </div>
      </div>
    </section>
  )
}
