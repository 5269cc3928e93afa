/** Checks requisites while they are typed: the server knows the rules, the form shows what it says beside the field. */

import { useEffect, useState } from 'react'
import type { TypedFaults } from '../../desk-types.ts'
import { deskPost, type Values } from '../desk-api.ts'

/** The fields of each form that are checked, and those their rules depend on. */
const CHECKED: Record<string, { fields: string[]; about: string[] }> = {
  organisations: {
    fields: ['taxId', 'kpp', 'registrationNumber', 'okved', 'email', 'phone'],
    about: ['country', 'kind'],
  },
  'bank-accounts': { fields: ['bic', 'account', 'correspondentAccount'], about: ['organisationId'] },
  employees: { fields: ['email', 'phone'], about: ['organisationId'] },
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

/** @param context what the form does not hold but its rules ask for: the organisation of a record that exists */
export const useTypedFaults = (resourceId: string, values: Values, context: Values = {}): TypedFaults => {
  const [faults, setFaults] = useState<TypedFaults>({})
  const known = CHECKED[resourceId]
  const asked = known
    ? Object.fromEntries(
        [...known.fields, ...known.about].map((name) => [name, textOf(values[name] ?? context[name])]),
      )
    : null
  const key = JSON.stringify(asked)
  useEffect(() => {
    if (!known || !asked) return
    if (!known.fields.some((name) => asked[name])) {
      setFaults({})
      return
    }
    let isStale = false
    const timer = setTimeout(() => {
      deskPost<TypedFaults>('requisites', { form: resourceId, values: asked })
        .then((found) => {
          if (!isStale) setFaults(found)
        })
        // The same rules speak again when the form is saved.
        .catch((error: unknown) => console.debug('requisites', error))
    }, 350)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [key, resourceId])
  return faults
}
