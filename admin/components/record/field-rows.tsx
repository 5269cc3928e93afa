/** A list of facts: what each field is called, and what the record says there. */

import type { Shown } from '../../view-types.ts'
import type { RecordData } from '../desk-api.ts'
import { Value } from '../parts/value.tsx'
import { useWords } from '../use-words.ts'

type Props = { fields: readonly Shown[]; resourceId: string; record: RecordData }

export const FieldRows = ({ fields, resourceId, record }: Props) => {
  const words = useWords()
  return (
    <dl className="cd-card-body cd-fields">
      {fields.map((field) => (
        <div key={field.property} className={field.as === 'long' ? 'cd-field-wide' : undefined}>
          <dt>{words.property(resourceId, field.property)}</dt>
          <dd>
            <Value field={field} resourceId={resourceId} record={record} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
