/** How a person is called, in which language and on which clock; what is checked against papers is only shown. */

import { useState, type FormEvent } from 'react'
import type { Profile } from '../../profile-types.ts'
import { FieldInput, type FieldSpec } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import type { Change } from './use-change.tsx'

type Props = { profile: Profile; change: Change; onChanged: () => void }

export const PersonTab = ({ profile, change, onChanged }: Props) => {
  const { t, fault, value: valueOf, property } = useWords()
  const { say } = useNotices()
  const { person, timezones } = profile
  const [values, setValues] = useState<Record<string, unknown>>({ ...person })
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [isBusy, setBusy] = useState(false)

  const option = (field: string) => (value: string) => ({ value, text: valueOf('users', field, value) })
  const isLocked = person.isNameLocked
  const fields: FieldSpec[] = [
    { name: 'surname', as: 'text', label: property('users', 'surname'), isRequired: true, isLocked },
    { name: 'name', as: 'text', label: property('users', 'name'), isRequired: true, isHalf: true, isLocked },
    { name: 'patronymic', as: 'text', label: property('users', 'patronymic'), isHalf: true, isLocked },
    {
      name: 'language',
      as: 'choice',
      label: t('profile.person.language'),
      isRequired: true,
      isHalf: true,
      options: ['ru', 'en'].map(option('language')),
    },
    {
      name: 'timezone',
      as: 'choice',
      label: property('users', 'timezone'),
      isRequired: true,
      isHalf: true,
      options: timezones.map(option('timezone')),
    },
  ]
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const { surname, name, patronymic, language, timezone } = values
    const answer = await change('person', { surname, name, patronymic, language, timezone })
    setBusy(false)
    if (!answer) return
    const { refusal } = answer
    setFaults(
      Object.fromEntries(
        Object.entries(refusal?.fields ?? {}).map(([field, { code, params }]) => [
          field,
          fault(code, params),
        ]),
      ),
    )
    if (refusal) return refusal.fields ? undefined : say('error', refusal.code, refusal.params)
    say('success', 'profile.person.saved')
    onChanged()
  }
  return (
    <form className="cd-form cd-stack" noValidate onSubmit={(event) => void submit(event)}>
      <section className="cd-card">
        <div className="cd-card-body cd-stack">
          <dl className="cd-fields">
            <div>
              <dt>{t('profile.password.login')}</dt>
              <dd>{person.email}</dd>
            </div>
            <div>
              <dt>{property('users', 'role')}</dt>
              <dd>{t(`screens.roles.${person.role}`)}</dd>
            </div>
          </dl>
          {isLocked ? <p className="cd-soft">{t('profile.person.locked')}</p> : null}
          <div className="cd-form-grid">
            {fields.map((spec) => (
              <FieldInput
                key={spec.name}
                id={`cd-profile-${spec.name}`}
                spec={spec}
                value={values[spec.name]}
                fault={faults[spec.name]}
                onChange={(value) => setValues({ ...values, [spec.name]: value })}
              />
            ))}
          </div>
        </div>
      </section>
      <div className="cd-form-foot">
        <Button type="submit" look="primary" isBusy={isBusy} testId="save-person">
          {t('profile.save')}
        </Button>
      </div>
    </form>
  )
}
