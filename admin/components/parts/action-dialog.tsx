/** Asks before an action: the question, and what the action must be told; Ctrl+Enter answers. */

import { useId, useState, type FormEvent } from 'react'
import { AnswerLines, type AnswerLine } from '../accounting/answer-lines.tsx'
import { PaperFiles } from '../accounting/paper-files.tsx'
import type { RecordData, Values } from '../desk-api.ts'
import { dayOf } from '../format.ts'
import { FieldInput } from '../form/field-input.tsx'
import type { ActionTarget } from '../use-action-runner.tsx'
import { useWords } from '../use-words.ts'
import type { ActionField, ActionView } from '../../view-types.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Note } from './note.tsx'

type Props = {
  target: ActionTarget
  view: ActionView
  faults: RecordData['errors']
  isBusy: boolean
  onCancel: () => void
  onSend: (payload: Values) => void
}

const isEmpty = ({ name, as }: ActionField, values: Values): boolean =>
  as === 'files'
    ? !Object.keys(values).some((key) => key.startsWith(`${name}.`) && values[key])
    : values[name] === null || values[name] === ''

export const ActionDialog = ({ target, view, faults, isBusy, onCancel, onSend }: Props) => {
  const words = useWords()
  const formId = useId()
  const { resourceId, name, record, ids } = target
  const startOf = (field: ActionField): unknown => {
    if (field.startsWith && record) return record.params[field.startsWith] ?? null
    if (field.as === 'day') return dayOf(new Date(), words.timezone)
    // A question that only asks «which of these» starts with all of them.
    return field.as === 'flag' ? view.fields.every(({ as }) => as === 'flag') : null
  }
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(view.fields.map((field) => [field.name, startOf(field)])),
  )
  const [missing, setMissing] = useState<string[]>([])
  const set = (field: string, value: unknown) => setValues((before) => ({ ...before, [field]: value }))

  const title = words.either(
    [`resources.${resourceId}.confirm.${name}_title`],
    words.action(resourceId, name),
  )
  const count = ids?.length ?? 1
  const question = words.either([`resources.${resourceId}.confirm.${name}`, `confirm.${name}`], '', {
    count,
    title: target.subject ?? record?.title ?? '',
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = view.fields
      .filter((field) => field.required && field.as !== 'flag' && isEmpty(field, values))
      .map((field) => field.name)
    setMissing(empty)
    if (!empty.length && !isBusy) onSend(values)
  }
  const faultOf = (field: string) => {
    const fault = faults[field]
    if (fault) return words.fault(fault.message, fault.params)
    return missing.includes(field) ? words.t('screens.form.required') : undefined
  }
  const labelOf = (field: string) =>
    words.either(
      [
        `resources.${resourceId}.fields.${name}.${field}`,
        `resources.${resourceId}.fields.${field}`,
        `fields.${field}`,
      ],
      words.property(resourceId, field),
    )
  const optionText = (field: string, value: string) =>
    words.either(
      [`resources.${resourceId}.fields.options.${field}.${value}`, `fields.options.${field}.${value}`],
      words.value(resourceId, field, value),
    )
  const known = new Set(view.fields.map((field) => field.name))
  const strays = Object.entries(faults).filter(([field]) => !known.has(field.split('.')[0] ?? field))
  const hasLines = view.fields.some(({ as }) => as === 'taxDocuments')
  const files = view.fields.find(({ as }) => as === 'files')

  return (
    <Dialog
      title={title}
      onClose={onCancel}
      isWide={hasLines}
      foot={
        <>
          <Button onClick={onCancel}>{words.t('screens.cancel')}</Button>
          <button type="submit" form={formId} hidden aria-hidden tabIndex={-1} />
          <Button
            look={view.tone === 'danger' ? 'danger' : 'primary'}
            isBusy={isBusy}
            testId="confirm"
            onClick={() =>
              document.querySelector<HTMLFormElement>(`[data-form="${formId}"]`)?.requestSubmit()
            }
          >
            {words.action(resourceId, name)}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        data-form={formId}
        className="cd-stack"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
        }}
      >
        {question ? <p className="cd-soft">{question}</p> : null}
        {strays.length ? (
          <Note look="error" isAlert>
            {strays.map(([field, fault]) => (
              <p key={field}>{words.fault(fault.message, fault.params)}</p>
            ))}
          </Note>
        ) : null}
        {view.fields.map((field, index) =>
          field.as === 'files' ? (
            // Where the documents are being named, each is chosen beside its number.
            hasLines ? null : (
              <PaperFiles
                key={field.name}
                requestId={record ? String(record.id) : ''}
                fault={faultOf(field.name)}
                onPick={(lineId, file) => set(`${field.name}.${lineId}`, file)}
              />
            )
          ) : field.as === 'taxDocuments' ? (
            <AnswerLines
              key={field.name}
              requestId={record ? String(record.id) : ''}
              faults={faults}
              name={field.name}
              onChange={(lines: AnswerLine[]) => set(field.name, lines)}
              onFile={
                files
                  ? (lineId: number, file: File | null) => set(`${files.name}.${lineId}`, file)
                  : undefined
              }
            />
          ) : (
            <FieldInput
              key={field.name}
              id={`${formId}-${field.name}`}
              isFirst={index === 0}
              value={values[field.name]}
              fault={faultOf(field.name)}
              onChange={(value) => set(field.name, value)}
              spec={{
                name: field.name,
                as: field.as === 'recipients' ? 'list' : field.as,
                label: labelOf(field.name),
                isRequired: field.required === true,
                ...(record && { currency: String(record.params['currency'] ?? '') || 'RUB' }),
                ...(field.options && {
                  options: field.options.map((value) => ({ value, text: optionText(field.name, value) })),
                }),
              }}
            />
          ),
        )}
      </form>
    </Dialog>
  )
}
