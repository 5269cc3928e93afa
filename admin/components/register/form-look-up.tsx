/** «Найти» beside the tax id of an organisation: fills what is empty and shows what the register says (S2-04). */

import { useState } from 'react'
import type { RegisterFound } from '../../desk-types.ts'
import type { FormParts } from '../form/record-form.tsx'
import { useMe } from '../adminjs-state.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../use-words.ts'
import { FoundOrganisation } from './found-organisation.tsx'
import { useLookUp } from './use-look-up.ts'

/** Field of the form → what the register calls it. */
const FIELDS: Record<string, keyof RegisterFound> = {
  name: 'name',
  shortName: 'shortName',
  kind: 'kind',
  taxId: 'taxId',
  kpp: 'kpp',
  registrationNumber: 'registrationNumber',
  okved: 'okved',
  legalAddress: 'address',
  headName: 'headName',
  headPosition: 'headPosition',
}
// The kind starts with a value nobody chose.
const REPLACED = new Set(['kind', 'taxId'])

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value)).trim()

type Props = Pick<FormParts, 'values' | 'set'> & { isNew: boolean }

export const FormLookUp = ({ values, set, isNew }: Props) => {
  const words = useWords()
  const { side } = useMe()
  const { ask, isBusy, found, fault } = useLookUp()
  const [filled, setFilled] = useState<string[]>([])
  const taxId = text(values['taxId'])

  const find = async () => {
    const kpp = text(values['kpp'])
    const answer = await ask({
      country: text(values['country']) || 'RU',
      taxId,
      // A КПП that was typed for another organisation must not hide this one.
      kpp: isNew ? null : kpp || null,
    })
    if (answer?.answer.outcome !== 'found') return
    const { organisation } = answer.answer
    const done: string[] = []
    for (const [field, source] of Object.entries(FIELDS)) {
      const said = organisation[source]
      const has = text(values[field])
      if (!said || has === said) continue
      if (has !== '' && !(isNew && REPLACED.has(field))) continue
      set(field, said)
      done.push(field)
    }
    setFilled(done)
  }
  const organisation = found?.answer.outcome === 'found' ? found.answer.organisation : null
  const others = organisation
    ? Object.entries(FIELDS).filter(([field, source]) => {
        const said = organisation[source]
        return said && text(values[field]) !== said
      })
    : []
  const names = (fields: string[]) => fields.map((field) => words.property('organisations', field)).join(', ')

  // The cabinet has no register of its own: its organisations come from a registration.
  if (side !== 'staff') return null
  return (
    <div className="cd-look-up">
      <Button
        isSmall
        icon="Search"
        isBusy={isBusy}
        testId="register-find"
        onClick={() => void find()}
        refusal={taxId === '' ? words.t('register.type_first') : undefined}
      >
        {words.t('register.find')}
      </Button>
      {fault ? (
        <p className="cd-fault" role="alert">
          <Icon name="AlertTriangle" />
          {fault}
        </p>
      ) : null}
      {found ? (
        <FoundOrganisation found={found}>
          {filled.length ? <p>{words.t('register.filled', { fields: names(filled) })}</p> : null}
          {others.length ? (
            <p>
              {words.t('register.differs', { fields: names(others.map(([field]) => field)) })}{' '}
              <button
                type="button"
                className="cd-button-link"
                onClick={() => {
                  for (const [field, source] of others) set(field, organisation?.[source])
                }}
              >
                {words.t('register.replace')}
              </button>
            </p>
          ) : null}
        </FoundOrganisation>
      ) : null}
    </div>
  )
}
