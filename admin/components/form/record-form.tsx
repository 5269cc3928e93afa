/** A form in sections: labels, hints, faults beside their fields and summed up above, Ctrl+Enter saves. */

import { useEffect, useRef, useState } from 'react'
import type { FormField, FormSection } from '../../view-types.ts'
import { useMe, type ResourceData } from '../adminjs-state.ts'
import { recordUrl, saveFormOf, type RecordData, type Values } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Note } from '../parts/note.tsx'
import { Value } from '../parts/value.tsx'
import { FormLookUp } from '../register/form-look-up.tsx'
import { useGo } from '../use-go.ts'
import { useWords } from '../use-words.ts'
import { FieldInput, type FieldSpec } from './field-input.tsx'
import { useForm } from './use-form.ts'
import { useTypedFaults } from './use-typed-faults.ts'

export type FormParts = {
  values: Values
  set: (name: string, value: unknown) => void
  adopt: (name: string, value: unknown) => void
  faults: RecordData['errors']
}
type Props = {
  resource: ResourceData
  sections: FormSection[]
  start: Values
  record: RecordData | null
  backUrl: string
  /** Parts of a form that are no plain fields, after the sections. */
  extra?: (form: FormParts) => React.ReactNode
  isWide?: boolean
}

/** An office is chosen among offices. */
const OFFICES = { 'filters.isOffice': 'true' }
/** References that only make sense inside the organisation already chosen. */
const NARROWED_BY_ORGANISATION = new Set(['contractId', 'invoiceId', 'employeeId'])

export const RecordForm = ({ resource, sections, start, record, backUrl, extra, isWide }: Props) => {
  const words = useWords()
  const go = useGo()
  const me = useMe()
  const [leaving, setLeaving] = useState<((may: boolean) => void) | null>(null)
  const summary = useRef<HTMLDivElement>(null)
  const fields = sections.flatMap((section) => section.fields)
  const form = useForm({
    draftKey: `draft.${me.id}.${resource.id}.${record?.id ?? 'new'}`,
    start,
    resourceId: resource.id,
    save: (values) => saveFormOf(resource.id, record ? String(record.id) : null, values),
    askLeave: () => new Promise((resolve) => setLeaving(() => resolve)),
    checkBeforeSave: (values) =>
      Object.fromEntries(
        fields
          .filter(
            (field) =>
              field.required && !isLocked(field) && field.as !== 'flag' && isBlank(values[field.property]),
          )
          .map((field) => [field.property, 'screens.form.required']),
      ),
    doneUrl: (answer) => recordUrl(resource.id, answer.record?.id ?? record?.id ?? ''),
  })
  const isLocked = (field: FormField) => field.onlyNew === true && record !== null
  const idOf = (property: string) => `cd-field-${property.replaceAll('.', '-')}`
  const labelOf = (path: string) => words.property(resource.id, path.split('.')[0] ?? path)

  const typedFaults = useTypedFaults(resource.id, form.values, record?.params)
  /** What is wrong with the value as it stands, with the fix a press away; a refusal of the server speaks instead. */
  const adviceOf = (property: string) => {
    const fault = form.faults[property] ? undefined : typedFaults[property]
    if (!fault) return undefined
    const { suggestion } = fault
    return {
      text: words.fault(fault.code, fault.params),
      ...(suggestion && {
        fix: words.t('screens.form.take_fix', { value: suggestion }),
        onFix: () => form.set(property, suggestion),
      }),
    }
  }

  useEffect(() => {
    if (form.attempt) summary.current?.focus()
  }, [form.attempt])

  const specOf = (field: FormField): FieldSpec => ({
    name: field.property,
    as: field.as,
    label: words.property(resource.id, field.property),
    isRequired: field.required === true,
    isHalf: field.half === true,
    reference: field.reference,
    ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
    ...(field.hint && {
      hint: words.either([`resources.${resource.id}.hints.${field.property}`], '') || undefined,
    }),
    ...(field.options && {
      options: field.options.map((value) => ({
        value,
        text: words.value(resource.id, field.property, value),
      })),
    }),
    ...(field.as === 'money' && {
      currency: String(form.values[field.currencyFrom ?? 'currency'] ?? '') || 'RUB',
    }),
    ...(field.property === 'officeId' && { referenceFilters: OFFICES }),
    ...(NARROWED_BY_ORGANISATION.has(field.property) &&
      Boolean(form.values['organisationId']) && {
        referenceFilters: { 'filters.organisationId': String(form.values['organisationId']) },
      }),
  })
  const faultPaths = Object.keys(form.faults)
  const faultText = (path: string) => {
    const fault = form.faults[path]
    return fault ? words.fault(fault.message, fault.params) : undefined
  }

  return (
    <form
      className={isWide ? 'cd-form cd-form-wide cd-stack' : 'cd-form cd-stack'}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          void form.submit()
        }
      }}
    >
      {form.draft && !form.isChanged ? (
        <Note
          look="tip"
          actions={
            <>
              <Button isSmall onClick={form.restoreDraft}>
                {words.t('screens.form.restore_draft')}
              </Button>
              <Button isSmall look="bare" onClick={form.forgetDraft}>
                {words.t('screens.form.forget_draft')}
              </Button>
            </>
          }
        >
          <p>{words.t('screens.form.draft_found', { when: words.moment(form.draft.at) })}</p>
        </Note>
      ) : null}
      {faultPaths.length ? (
        <div ref={summary} tabIndex={-1}>
          <Note look="error" isAlert>
            <p>
              <b>{words.t('screens.form.not_saved', { count: faultPaths.length })}</b>
            </p>
            <p>
              {words.t('screens.form.nothing_lost')}{' '}
              {faultPaths.map((path, index) => (
                <span key={path}>
                  {index ? ', ' : ''}
                  <a
                    href={`#${idOf(path)}`}
                    onClick={(event) => {
                      event.preventDefault()
                      document.getElementById(idOf(path))?.focus()
                    }}
                  >
                    {labelOf(path)}
                  </a>
                </span>
              ))}
            </p>
          </Note>
        </div>
      ) : null}
      {sections.map((section) => (
        <section key={section.key} className="cd-card">
          <header className="cd-card-head">
            <h2 className="cd-h2">
              {words.either(
                [`resources.${resource.id}.sections.${section.key}`],
                words.t('screens.record.main'),
              )}
            </h2>
          </header>
          <div className="cd-card-body cd-form-grid">
            {section.fields.map((field) =>
              isLocked(field) && record ? (
                <div
                  key={field.property}
                  className={field.half ? 'cd-form-field cd-form-half' : 'cd-form-field'}
                >
                  <p className="cd-label">{words.property(resource.id, field.property)}</p>
                  <Value field={field} resourceId={resource.id} record={record} isCell />
                </div>
              ) : (
                <FieldInput
                  key={field.property}
                  id={idOf(field.property)}
                  spec={specOf(field)}
                  value={form.values[field.property]}
                  fault={faultText(field.property)}
                  advice={adviceOf(field.property)}
                  onChange={(value) => form.set(field.property, value)}
                >
                  {resource.id === 'organisations' && field.property === 'taxId' ? (
                    <FormLookUp values={form.values} set={form.set} isNew={record === null} />
                  ) : null}
                </FieldInput>
              ),
            )}
          </div>
        </section>
      ))}
      {extra?.(form)}
      <div className="cd-form-foot">
        <Button type="submit" look="primary" isBusy={form.isBusy} testId="button-save">
          {words.t('screens.form.save')}
        </Button>
        <Button onClick={() => go(backUrl)}>{words.t('screens.cancel')}</Button>
        <span className="cd-grow" />
        <span className="cd-muted cd-small cd-not-phone">
          <kbd className="cd-kbd">Ctrl</kbd> <kbd className="cd-kbd">Enter</kbd>{' '}
          {words.t('screens.form.save_key')}
          {form.draftedAt ? ` · ${words.t('screens.form.drafted', { at: words.time(form.draftedAt) })}` : ''}
        </span>
      </div>
      {leaving ? (
        <Dialog
          title={words.t('screens.form.leave_title')}
          onClose={() => {
            leaving(false)
            setLeaving(null)
          }}
          foot={
            <>
              <Button
                onClick={() => {
                  leaving(true)
                  setLeaving(null)
                }}
              >
                {words.t('screens.form.leave')}
              </Button>
              <Button
                look="primary"
                onClick={() => {
                  leaving(false)
                  setLeaving(null)
                }}
              >
                {words.t('screens.form.stay')}
              </Button>
            </>
          }
        >
          <p className="cd-soft">{words.t('screens.form.leave_text')}</p>
        </Dialog>
      ) : null}
    </form>
  )
}

const isBlank = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
