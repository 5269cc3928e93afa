/** The form of a person's papers, asked as the country of the document writes them. */

import { useState, type FormEvent } from 'react'
import type { OwnIdentity, PaperFacts } from '../../identity-types.ts'
import { FieldInput, type FieldSpec } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { labelOf } from './paper-fields.tsx'

export type PaperValues = Partial<PaperFacts>

type Props = {
  own: OwnIdentity
  start: PaperValues
  change: Change
  onSent: () => void
  onCancel?: () => void
}

const countries = ['RU', 'KZ', 'BY'] as const

/** Documents that have no series at all. */
const withoutSeries = new Set(['KZ id_card'])
const withSeries = new Set(['RU passport', 'BY passport'])

export const PapersForm = ({ own, start, change, onSent, onCancel }: Props) => {
  const words = useWords()
  const { t, fault } = words
  const { say } = useNotices()
  const [values, setValues] = useState<PaperValues>(start)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [isBusy, setBusy] = useState(false)

  const country = countries.find((one) => one === values.country) ?? own.usualCountry
  const kind = `${country} ${values.documentKind ?? ''}`
  const field = (name: keyof PaperFacts, as: FieldSpec['as'], more: Partial<FieldSpec> = {}): FieldSpec => ({
    name,
    as,
    label: labelOf(words, name, country),
    isRequired: true,
    isHalf: true,
    ...more,
  })
  const fields: FieldSpec[] = [
    field('country', 'choice', {
      options: countries.map((value) => ({ value, text: t(`identity.countries.${value}`) })),
    }),
    field('number', 'text', { hint: t(`identity.number_hints.${country}`), maxLength: 20 }),
    field('birthDate', 'day'),
    field('documentKind', 'choice', {
      options: own.documentKinds[country].map((value) => ({ value, text: t(`identity.kinds.${value}`) })),
    }),
    ...(withoutSeries.has(kind)
      ? []
      : [field('series', 'text', { isRequired: withSeries.has(kind), maxLength: 12 })]),
    field('documentNumber', 'text', { maxLength: 24 }),
    field('issuedOn', 'day'),
    field('issuer', 'text', { isHalf: false, maxLength: 300 }),
  ]
  const set = (name: string, value: unknown) => {
    const next = { ...values, [name]: value === null ? null : String(value) }
    // Kinds of documents differ from country to country.
    if (name === 'country') next.documentKind = null
    setValues(next)
    setFaults(({ [name]: _gone, ...rest }) => rest)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await change('identity/submit', { ...values, country })
    setBusy(false)
    if (!answer) return
    const { refusal } = answer
    if (!refusal) return onSent()
    setFaults(
      Object.fromEntries(
        Object.entries(refusal.fields ?? {}).map(([name, { code, params }]) => [name, fault(code, params)]),
      ),
    )
    // Beside the fields it is told already; a notice would only lie over the button.
    if (!refusal.fields) say('error', refusal.code, refusal.params)
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('#cd-papers [aria-invalid=true]')?.focus(),
    )
  }
  return (
    <form
      id="cd-papers"
      className="cd-stack"
      noValidate
      onSubmit={(event) => void submit(event)}
      data-testid="papers-form"
    >
      <section className="cd-card">
        <header className="cd-card-head">
          <h2 className="cd-h2">{t('identity.papers')}</h2>
        </header>
        <div className="cd-card-body cd-stack">
          <p className="cd-soft">{t('identity.form_lead')}</p>
          <div className="cd-form-grid">
            {fields.map((spec) => (
              <FieldInput
                key={spec.name}
                id={`cd-papers-${spec.name}`}
                spec={spec}
                value={values[spec.name as keyof PaperFacts]}
                fault={faults[spec.name]}
                onChange={(value) => set(spec.name, value)}
              />
            ))}
          </div>
        </div>
      </section>
      <div className="cd-form-foot">
        {onCancel ? <Button onClick={onCancel}>{t('screens.cancel')}</Button> : null}
        <Button type="submit" look="primary" isBusy={isBusy} testId="send-papers">
          {t('identity.send')}
        </Button>
      </div>
    </form>
  )
}
