/** Looking an organisation up in the register, and the way from there to a card of ours. */

import { useState } from 'react'
import { useResourceData } from '../adminjs-state.ts'
import { newUrl } from '../desk-api.ts'
import { FieldInput } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useWords } from '../use-words.ts'
import { FoundOrganisation } from './found-organisation.tsx'
import { useLookUp } from './use-look-up.ts'

const COUNTRIES = ['RU', 'KZ', 'BY']

export const LookUpCard = () => {
  const words = useWords()
  const organisations = useResourceData('organisations')
  const mayAdd = organisations?.resourceActions.some(({ name }) => name === 'new') ?? false
  const { ask, forget, isBusy, found, fault } = useLookUp()
  const [country, setCountry] = useState('RU')
  const [taxId, setTaxId] = useState('')
  const answer = found?.answer
  const newHref = () => {
    if (answer?.outcome !== 'found') return ''
    const { address, state: _state, ...rest } = answer.organisation
    const given = Object.entries({ ...rest, legalAddress: address }).filter(([, value]) => value)
    return `${newUrl('organisations')}?${new URLSearchParams(given as [string, string][]).toString()}`
  }
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2">{words.t('register.look_up')}</h2>
      </header>
      <form
        className="cd-card-body cd-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void ask({ country, taxId })
        }}
      >
        <div className="cd-look-up-row">
          <FieldInput
            id="cd-register-country"
            spec={{
              name: 'country',
              as: 'choice',
              label: words.property('organisations', 'country'),
              isRequired: true,
              options: COUNTRIES.map((value) => ({
                value,
                text: words.value('organisations', 'country', value),
              })),
            }}
            value={country}
            onChange={(value) => {
              setCountry(String(value))
              forget()
            }}
          />
          <FieldInput
            id="cd-register-tax-id"
            spec={{
              name: 'taxId',
              as: 'code',
              label: words.t(`register.tax_id.${country}`),
              isRequired: true,
            }}
            value={taxId}
            fault={fault ?? undefined}
            onChange={(value) => setTaxId(String(value))}
          />
          <Button type="submit" look="primary" icon="Search" isBusy={isBusy}>
            {words.t('register.find')}
          </Button>
        </div>
        {found ? (
          <FoundOrganisation found={found}>
            {mayAdd && found.known.length === 0 ? (
              <GoLink className="cd-button cd-button-small" href={newHref()}>
                {words.t('register.add_organisation')}
              </GoLink>
            ) : null}
          </FoundOrganisation>
        ) : null}
      </form>
    </section>
  )
}
