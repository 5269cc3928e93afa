/** One labelled input by its kind, with its hint and its fault tied to it. */

import { useId, type ReactNode } from 'react'
import type { ColumnAs } from '../../view-types.ts'
import { FilePick } from '../parts/file-pick.tsx'
import { Icon } from '../parts/icon.tsx'
import { formatTyped } from '../format.ts'
import { useWords } from '../use-words.ts'
import { DayField, MomentField } from './day-field.tsx'
import { ListField } from './list-field.tsx'
import { MoneyField } from './money-field.tsx'
import { ReferenceField } from './reference-field.tsx'

export type FieldSpec = {
  name: string
  as: ColumnAs | 'file'
  label: string
  hint?: string | undefined
  isRequired?: boolean
  isHalf?: boolean
  isLocked?: boolean
  options?: { value: string; text: string }[]
  reference?: string | undefined
  /** Narrows what a reference offers. */
  referenceFilters?: Record<string, string>
  maxLength?: number
  currency?: string
}
type Props = {
  id: string
  spec: FieldSpec
  value: unknown
  fault?: string | undefined
  /** What is wrong with the value while it is typed; it does not stand in the way of a draft. */
  advice?: { text: string; fix?: string; onFix?: () => void } | undefined
  onChange: (value: unknown) => void
  isFirst?: boolean
  children?: ReactNode
}

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

export const FieldInput = ({ id, spec, value, fault, advice, onChange, isFirst, children }: Props) => {
  const { t, language } = useWords()
  const noteId = useId()
  const isWrong = Boolean(fault ?? advice)
  const described = [isWrong ? `${noteId}-fault` : '', spec.hint ? `${noteId}-hint` : '']
    .filter(Boolean)
    .join(' ')
  const common = {
    id,
    className: 'cd-input',
    'aria-invalid': isWrong ? true : undefined,
    'aria-describedby': described || undefined,
    'aria-required': spec.isRequired || undefined,
    disabled: spec.isLocked,
    ...(isFirst && { 'data-first': true }),
  } as const

  const control = () => {
    switch (spec.as) {
      case 'long':
        return (
          <textarea
            {...common}
            rows={3}
            maxLength={spec.maxLength}
            value={textOf(value)}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      case 'choice':
      case 'state':
        return (
          <select
            {...common}
            value={textOf(value)}
            onChange={(event) => onChange(event.target.value || null)}
          >
            {spec.isRequired && value ? null : <option value="">{t('screens.form.not_chosen')}</option>}
            {spec.options?.map((option) => (
              <option key={option.value} value={option.value}>
                {option.text}
              </option>
            ))}
          </select>
        )
      case 'day':
        return <DayField {...common} value={textOf(value)} onChange={onChange} />
      case 'instant':
        return <MomentField {...common} value={textOf(value)} onChange={onChange} />
      case 'money':
        return <MoneyField {...common} value={value} currency={spec.currency} onChange={onChange} />
      case 'number':
      case 'percent':
        return (
          <input
            {...common}
            type="text"
            inputMode="decimal"
            value={formatTyped(textOf(value), language)}
            onChange={(event) => onChange(event.target.value.replace(',', '.'))}
          />
        )
      case 'reference':
        return (
          <ReferenceField
            id={id}
            resourceId={spec.reference ?? ''}
            value={textOf(value)}
            label={spec.label}
            isLocked={spec.isLocked}
            filters={spec.referenceFilters}
            describedBy={described}
            isInvalid={Boolean(fault)}
            onChange={onChange}
          />
        )
      case 'list':
        return <ListField {...common} value={value} options={spec.options} onChange={onChange} />
      case 'file':
        return (
          <FilePick
            id={id}
            label={spec.label}
            file={value instanceof File ? value : null}
            isInvalid={Boolean(fault)}
            describedBy={described || undefined}
            isFirst={isFirst === true}
            onPick={onChange}
          />
        )
      default:
        return (
          <input
            {...common}
            type={/email/i.test(spec.name) ? 'email' : /phone$/i.test(spec.name) ? 'tel' : 'text'}
            inputMode={spec.as === 'code' ? 'text' : undefined}
            autoComplete="off"
            maxLength={spec.maxLength}
            value={textOf(value)}
            onChange={(event) => onChange(event.target.value)}
          />
        )
    }
  }
  const notes = (
    <>
      {fault ? (
        <p className="cd-fault" id={`${noteId}-fault`}>
          <Icon name="AlertTriangle" />
          {fault}
        </p>
      ) : null}
      {/* Polite: it changes with every key. */}
      <div aria-live="polite">
        {!fault && advice ? (
          <p className="cd-fault" id={`${noteId}-fault`}>
            <Icon name="AlertTriangle" />
            <span>
              {advice.text}
              {advice.fix && advice.onFix ? (
                <>
                  {' '}
                  <button type="button" className="cd-button-link" onClick={advice.onFix}>
                    {advice.fix}
                  </button>
                </>
              ) : null}
            </span>
          </p>
        ) : null}
      </div>
      {spec.hint ? (
        <p className="cd-hint" id={`${noteId}-hint`}>
          {spec.hint}
        </p>
      ) : null}
      {children}
    </>
  )
  const place = spec.isHalf ? 'cd-form-field cd-form-half' : 'cd-form-field'
  if (spec.as === 'flag') {
    return (
      <div className={place} data-testid={`property-edit-${spec.name}`}>
        <label className="cd-tick-line" htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            className="cd-check"
            aria-describedby={described || undefined}
            checked={value === true || value === 'true'}
            disabled={spec.isLocked}
            onChange={(event) => onChange(event.target.checked)}
          />
          {spec.label}
        </label>
        {notes}
      </div>
    )
  }
  return (
    <div className={place} data-testid={`property-edit-${spec.name}`}>
      <label className="cd-label" htmlFor={id}>
        {spec.label}
        {spec.isRequired ? null : <small> {t('screens.form.optional')}</small>}
      </label>
      {control()}
      {notes}
    </div>
  )
}
