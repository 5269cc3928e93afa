/** The fields in which somebody says who they are, with what is wrong beside each. */
import type { FieldFaults } from '../../domain/errors.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, wrongBy, type Said, type Visit } from '../sign-in/frame.ts'

export type TypedPerson = Readonly<{ surname: string; name: string; patronymic: string; email: string }>

export const saidOf = (faults: FieldFaults, name: string): Said | null => {
  const fault = faults[name]
  return fault ? { key: `errors.${fault.code}`, ...(fault.params && { params: fault.params }) } : null
}

/** One line of text; `hint` is a sentence ready for HTML. */
export function textField(
  visit: Visit,
  {
    name,
    label,
    value,
    said,
    more = '',
    hint = '',
  }: {
    name: string
    label: string
    value: string
    said: Said | null
    /** Further attributes of the input. */
    more?: string
    hint?: string
  },
): string {
  const id = `${name}-fault`
  return `<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${escape(value)}"${more}${wrongBy(said, id)}>${faultOf(visit, said, id)}${hint ? `<p class="hint">${hint}</p>` : ''}</div>`
}

export function personFields(visit: Visit, typed: TypedPerson, faults: FieldFaults): string {
  const t = sayFor(visit)
  const field = (name: keyof TypedPerson, more: string) =>
    textField(visit, {
      name,
      label: t(`door.join.${name}`),
      value: typed[name],
      said: saidOf(faults, name),
      more,
      ...(name === 'email' && { hint: t('door.join.emailHint') }),
    })
  return [
    field('surname', ' required maxlength="100" autocomplete="family-name"'),
    field('name', ' required maxlength="100" autocomplete="given-name"'),
    field('patronymic', ' maxlength="100" autocomplete="additional-name"'),
    field('email', ' type="email" required maxlength="320" autocomplete="username"'),
  ].join('')
}
