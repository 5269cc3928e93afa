/** The look into a file: how it is cut into cells, which column is what, its first rows, and how many would pass. */

import type { RegisterImportFacts } from '../../desk-types.ts'
import { FieldInput } from '../form/field-input.tsx'
import { Note } from '../parts/note.tsx'
import { useWords } from '../use-words.ts'

type Look = NonNullable<RegisterImportFacts['look']>
type Wishes = { shape?: Look['shape']; headerRow?: number; mapping?: Record<string, number> }

const FIELDS = [
  'taxId',
  'name',
  'shortName',
  'kpp',
  'registrationNumber',
  'address',
  'headName',
  'headPosition',
  'okved',
  'state',
  'kind',
]
const REQUIRED = new Set(['taxId', 'name'])
const DELIMITERS = [';', ',', '\t', '|']

type Props = { look: Look; isBusy: boolean; onChange: (wishes: Wishes) => void }

export const TableLook = ({ look, isBusy, onChange }: Props) => {
  const words = useWords()
  const { shape, mapping } = look
  const missing = [...REQUIRED].filter((field) => mapping[field] === undefined)
  const columnName = (at: number) => look.columns[at] || words.t('register.look.column', { at: at + 1 })
  const columns = look.columns.map((_, at) => ({ value: String(at), text: columnName(at) }))
  const assign = (field: string, column: string | null) => {
    const next = { ...mapping }
    delete next[field]
    if (column !== null) next[field] = Number(column)
    onChange({ mapping: next })
  }
  const choice = (
    name: string,
    value: string,
    options: { value: string; text: string }[],
    onPick: (value: string) => void,
  ) => (
    <FieldInput
      id={`cd-register-${name}`}
      spec={{
        name,
        as: 'choice',
        label: words.t(`register.look.${name}`),
        isRequired: true,
        isHalf: true,
        options,
        isLocked: isBusy,
      }}
      value={value}
      onChange={(picked) => onPick(String(picked))}
    />
  )
  return (
    <>
      {missing.length ? (
        <Note look="warn" isAlert>
          <p>
            {words.t('register.look.missing', {
              fields: missing.map((field) => words.t(`register.fields.${field}`)).join(', '),
            })}
          </p>
        </Note>
      ) : (
        <Note look={look.bad === 0 ? 'ok' : 'warn'}>
          <p>
            <b>{words.t('register.look.checked', { count: look.checked, good: look.good, bad: look.bad })}</b>
          </p>
          {look.faults.length ? (
            <ul className="cd-register-faults">
              {look.faults.map((fault) => (
                <li key={fault.number}>
                  {words.t('register.look.row', { row: fault.number })}{' '}
                  {words.fault(fault.code, fault.params)}
                </li>
              ))}
            </ul>
          ) : null}
        </Note>
      )}
      <section className="cd-card">
        <header className="cd-card-head">
          <h2 className="cd-h2">{words.t('register.look.columns')}</h2>
        </header>
        <div className="cd-card-body cd-form-grid" aria-busy={isBusy}>
          {shape.format === 'csv' ? (
            <>
              {choice(
                'encoding',
                shape.encoding,
                ['utf-8', 'windows-1251'].map((value) => ({
                  value,
                  text: words.t(`register.encodings.${value}`),
                })),
                (encoding) => onChange({ shape: { ...shape, encoding } }),
              )}
              {choice(
                'delimiter',
                shape.delimiter,
                DELIMITERS.map((value, at) => ({
                  value,
                  text: words.t(`register.delimiters.${['semicolon', 'comma', 'tab', 'bar'][at]}`),
                })),
                (delimiter) => onChange({ shape: { ...shape, delimiter } }),
              )}
            </>
          ) : null}
          {FIELDS.map((field) => (
            <FieldInput
              key={field}
              id={`cd-register-field-${field}`}
              spec={{
                name: field,
                as: 'choice',
                label: words.t(`register.fields.${field}`),
                isRequired: REQUIRED.has(field),
                isHalf: true,
                options: columns,
                isLocked: isBusy,
              }}
              value={mapping[field] === undefined ? null : String(mapping[field])}
              onChange={(column) => assign(field, column === null ? null : String(column))}
            />
          ))}
        </div>
      </section>
      <section className="cd-card cd-list-card">
        <header className="cd-card-head">
          <h2 className="cd-h2">{words.t('register.look.first_rows')}</h2>
        </header>
        <div className="cd-table-wrap cd-register-look">
          <table className="cd-table">
            <caption className="cd-hidden">{words.t('register.look.first_rows')}</caption>
            <thead>
              <tr>
                <th scope="col" className="cd-number">
                  №
                </th>
                {look.columns.map((_, at) => {
                  const field = FIELDS.find((one) => mapping[one] === at)
                  return (
                    // oxlint-disable-next-line react/no-array-index-key -- a column is its place
                    <th key={at} scope="col" className={field ? undefined : 'cd-muted'}>
                      {columnName(at)}
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody>
              {look.rows.map((row) => (
                <tr key={row.number}>
                  <td className="cd-number cd-muted">{row.number}</td>
                  {look.columns.map((_, at) => (
                    // oxlint-disable-next-line react/no-array-index-key -- a cell is its place
                    <td key={at} title={row.cells[at]}>
                      <span className="cd-cut">{row.cells[at]}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}
