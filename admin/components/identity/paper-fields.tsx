/** Papers of a person as facts, masked or in full. */

import type { PaperFacts } from '../../identity-types.ts'
import { useWords, type Words } from '../use-words.ts'

const order = [
  'number',
  'birthDate',
  'documentKind',
  'series',
  'documentNumber',
  'issuedOn',
  'issuer',
] as const

/** The number for a life is called differently in each country. */
export const labelOf = ({ t }: Words, field: keyof PaperFacts, country: string | null): string =>
  field === 'number' ? t(`identity.number.${country ?? 'RU'}`) : t(`identity.fields.${field}`)

export const PaperFields = ({ facts }: { facts: PaperFacts }) => {
  const words = useWords()
  const said = (field: (typeof order)[number], value: string) => {
    if (field === 'documentKind') return words.t(`identity.kinds.${value}`)
    if (field === 'number') return value.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? words.day(value) : value
  }
  return (
    <dl className="cd-fields">
      <div>
        <dt>{words.t('identity.fields.country')}</dt>
        <dd>{words.t(`identity.countries.${facts.country ?? 'RU'}`)}</dd>
      </div>
      {order.map((field) => {
        const value = facts[field]
        return value ? (
          <div key={field}>
            <dt>{labelOf(words, field, facts.country)}</dt>
            <dd className={field === 'documentKind' || field === 'issuer' ? undefined : 'cd-code'}>
              {said(field, value)}
            </dd>
          </div>
        ) : null
      })}
    </dl>
  )
}
