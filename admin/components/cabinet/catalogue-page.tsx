/** What can be ordered: found by name or code, narrowed by kind; an order goes to the office, an invoice comes back. */

import { useEffect, useState } from 'react'
import { listUrl, listRecords, searchRecords, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useWords } from '../use-words.ts'

const KINDS = ['', 'service', 'licence', 'goods'] as const
const SHOWN = 100

const read = async (text: string, kind: string, signal: AbortSignal): Promise<RecordData[]> => {
  const filters: Record<string, string> = kind ? { 'filters.kind': kind } : {}
  if (text) return searchRecords('products', text, filters, signal)
  return (await listRecords('products', { ...filters, perPage: SHOWN }, signal)).records
}

const Product = ({ product, onOrder }: { product: RecordData; onOrder: () => void }) => {
  const words = useWords()
  const { params } = product
  const term = Number(params['termMonths'] ?? 0)
  const about = [
    String(params['code'] ?? ''),
    words.value('products', 'kind', String(params['kind'])),
    term ? words.t('cabinet.catalogue.term', { count: term }) : '',
  ]
  return (
    <li className="cd-product" data-testid={`product-${product.id}`}>
      <span className="cd-grow">
        <span className="cd-strong">{String(params['name'])}</span>
        <span className="cd-muted cd-small cd-block">{about.filter(Boolean).join(' · ')}</span>
      </span>
      <b className="cd-code">{words.money(Number(params['priceMinor']), String(params['currency']))}</b>
      <Button
        isSmall
        icon="ShoppingCart"
        onClick={onOrder}
        label={`${words.action('products', 'order')}: ${String(params['name'])}`}
      >
        {words.action('products', 'order')}
      </Button>
    </li>
  )
}

export const CataloguePage = () => {
  const words = useWords()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('')
  const title = words.t('cabinet.nav.catalogue')
  useEffect(() => {
    document.title = `${title} · certdesk`
  }, [title])
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const { data, failure, isLoading, reload } = useLoaded(`products/${kind}/${text}`, (signal) =>
    read(text, kind, signal),
  )
  const runner = useActionRunner(() => undefined)
  return (
    <div className="cd-cabinet-page">
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{title}</h1>
          <p>{words.t('cabinet.catalogue.lead')}</p>
        </div>
        <GoLink href={listUrl('order-requests')} className="cd-button">
          {words.resource('order-requests')}
        </GoLink>
      </div>
      <div className="cd-find-field cd-catalogue-find" role="search">
        <Icon name="Search" />
        <input
          type="search"
          className="cd-find-input"
          value={typed}
          placeholder={words.t('cabinet.catalogue.find')}
          aria-label={words.t('cabinet.catalogue.find')}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="cd-chips" role="group" aria-label={words.property('products', 'kind')}>
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            className="cd-chip"
            aria-pressed={kind === one}
            onClick={() => setKind(one)}
          >
            {one ? words.value('products', 'kind', one) : words.t('screens.list.all')}
          </button>
        ))}
      </div>
      {failure && !data ? (
        <section className="cd-card">
          <FailurePlace failure={failure} onRetry={reload} />
        </section>
      ) : !data && isLoading ? (
        <SkeletonCard />
      ) : (
        <section className="cd-card" aria-live="polite">
          {data?.length ? (
            <ul>
              {data.map((product) => (
                <Product
                  key={product.id}
                  product={product}
                  onOrder={() =>
                    runner.run({
                      resourceId: 'products',
                      name: 'order',
                      record: { ...product, params: { ...product.params, quantity: '1' } },
                    })
                  }
                />
              ))}
            </ul>
          ) : (
            <EmptyPlace
              icon="Grid"
              title={words.t(text || kind ? 'cabinet.catalogue.not_found' : 'cabinet.catalogue.none')}
              text={words.t(
                text || kind ? 'cabinet.catalogue.not_found_text' : 'cabinet.catalogue.none_text',
              )}
            />
          )}
        </section>
      )}
      {runner.dialog}
    </div>
  )
}
