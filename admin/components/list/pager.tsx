/** Where in the list one is, how many rows at once, and the way on. */

import type { ListMeta } from '../../view-types.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../use-words.ts'
import { PER_PAGE } from './use-list-address.ts'

type Props = {
  meta: ListMeta
  shown: number
  perPage: number
  onPage: (page: number) => void
  onPerPage?: (count: number) => void
}

export const Pager = ({ meta, shown, perPage, onPage, onPerPage }: Props) => {
  const words = useWords()
  const from = (meta.page - 1) * meta.perPage + 1
  const to = from + shown - 1
  const total = words.count({ count: meta.total, isCapped: meta.isCapped })
  const isLast = meta.isCapped ? shown < meta.perPage : to >= meta.total
  const sizes = PER_PAGE.includes(perPage) ? PER_PAGE : [perPage, ...PER_PAGE]
  return (
    <nav className="cd-pager" aria-label={words.t('screens.list.pages')}>
      <span className="cd-code" role="status">
        {words.t('screens.list.range', { from, to, total })}
      </span>
      <span className="cd-grow" />
      {onPerPage ? (
        <label className="cd-not-phone">
          {words.t('screens.list.per_page_before')}
          <select
            aria-label={words.t('screens.list.per_page')}
            value={perPage}
            onChange={(event) => onPerPage(Number(event.target.value))}
          >
            {sizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
          {words.t('screens.list.per_page_after')}
        </label>
      ) : null}
      <Button
        isSmall
        onClick={() => onPage(meta.page - 1)}
        {...(meta.page <= 1 && { refusal: words.t('screens.list.first_page') })}
      >
        {words.t('screens.list.back')}
      </Button>
      <Button
        isSmall
        onClick={() => onPage(meta.page + 1)}
        {...(isLast && { refusal: words.t('screens.list.last_page') })}
      >
        {words.t('screens.list.next')}
      </Button>
    </nav>
  )
}
