/** The four steps of a registration as pages: one question each, what was answered stays when one goes back. */
import type { FieldFaults } from '../../domain/errors.ts'
import type { Country } from '../../domain/requisites/country.ts'
import type { CurrentAgreement, Office } from '../../queries/registrations/offices.ts'
import type { RegisterAnswer } from '../../registers/define-register.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, sendPage, typedForm, type Said, type Visit } from '../sign-in/frame.ts'
import { newPasswordFields, passwordScript } from '../sign-in/password-fields.ts'
import { personFields, saidOf, textField, type TypedPerson } from './person-fields.ts'
import type { Draft, Kind } from './registration-draft.ts'

const countries: readonly Country[] = ['RU', 'KZ', 'BY']

/** Whose steps they are, by their path below the door, and how many there are. */
type Walk = { base: string; of: number }

type Step = Walk & {
  visit: Visit
  step: 1 | 2 | 3 | 4
  title: string
  path: string
  body: string
  status?: number
  script?: string
}

/** The frame of a step: how far it is, the form, and the way back. */
function sendStep({ visit, base, of, step, title, path, body, status = 200, script }: Step): void {
  const t = sayFor(visit)
  const { root } = visit.door
  sendPage(visit, {
    title,
    body: `<p class="lead">${t('door.register.step', { step, of })}</p><form id="${typedForm}" method="post" action="${root}${base}${path}">${body}</form>`,
    path: base + path,
    keepsTyped: true,
    foot:
      step > 1
        ? ''
        : base === own.base
          ? `<a href="${root}/login">${t('door.join.known')}</a>`
          : `<a href="${root}">${t('door.again.back')}</a>`,
    status,
    isWide: true,
    ...(script !== undefined && { script }),
  })
}

const own: Walk = { base: '/register', of: 4 }

const back = (visit: Visit, path: string): string =>
  `<a class="button plain" href="${visit.door.root}${path}">${sayFor(visit)('door.register.back')}</a>`

const choice = (name: string, value: string, label: string, isChosen: boolean): string =>
  `<label class="check"><input type="radio" name="${name}" value="${value}" required${isChosen ? ' checked' : ''}>${label}</label>`

type KindStep = Walk & {
  offices: readonly Office[]
  /** As far as it was told. */
  kind: Partial<Kind> | null
  fault: Said | null
  /** Stands above the questions, ready for HTML. */
  note: string
  status?: number
}

export function sendKindStep(
  visit: Visit,
  { base, of, offices, kind, fault, note, status = 200 }: KindStep,
): void {
  const t = sayFor(visit)
  const chosen = kind?.country
  // An office is asked for only where a country has several.
  const several = countries.filter((country) => offices.filter((one) => one.country === country).length > 1)
  const office =
    several.length === 0
      ? ''
      : `<fieldset class="field"><legend class="label">${t('door.register.office')}</legend>${offices
          .filter(({ country }) => several.includes(country))
          .map(({ id, name, country }) =>
            choice(
              'office',
              String(id),
              `${escape(name)} (${t(`door.register.countries.${country}`)})`,
              kind?.officeId === id,
            ).replace(' required', ''),
          )
          .join('')}</fieldset>`
  sendStep({
    visit,
    base,
    of,
    step: 1,
    title: t(base === own.base ? 'door.register.kindTitle' : 'door.again.title'),
    path: '',
    status,
    body: `${note}<fieldset class="field"><legend class="label">${t('door.register.country')}</legend>${countries
      .map((country) =>
        choice('country', country, t(`door.register.countries.${country}`), chosen === country),
      )
      .join('')}</fieldset>
<fieldset class="field"><legend class="label">${t('door.register.as')}</legend>${choice('kind', 'applicant', t('door.register.applicant'), !kind?.isSubjectOfAccreditation)}${choice('kind', 'subject', t('door.register.subject'), kind?.isSubjectOfAccreditation ?? false)}</fieldset>
${office}${faultOf(visit, fault)}<button>${t('door.register.next')}</button>`,
  })
}

export type TypedClaim = Readonly<{
  isPerson: boolean
  isEmployee: boolean
  taxId: string
  kpp: string
  name: string
  legalAddress: string
  headName: string
  headPosition: string
}>

type ClaimStep = Walk & {
  country: Country
  typed: TypedClaim
  answer: RegisterAnswer | null
  faults: FieldFaults
  said?: Said
  status?: number
}

export function sendClaimStep(
  visit: Visit,
  { base, of, country, typed, answer, faults, said, status = 200 }: ClaimStep,
): void {
  const t = sayFor(visit)
  const tick = (name: 'isPerson' | 'isEmployee') =>
    `<label class="check"><input type="checkbox" name="${name}" value="1"${typed[name] ? ' checked' : ''}>${t(`door.register.${name}`)}</label>`
  const number = textField(visit, {
    name: 'taxId',
    label: t(`door.register.taxId.${country}`),
    value: typed.taxId,
    said: saidOf(faults, 'taxId'),
    more: ' required maxlength="20" autocomplete="off" spellcheck="false"',
  })
  const kpp =
    country === 'RU'
      ? textField(visit, {
          name: 'kpp',
          label: t('door.register.kpp'),
          value: typed.kpp,
          said: saidOf(faults, 'kpp'),
          more: ' maxlength="20" autocomplete="off"',
          hint: t('door.register.kppHint'),
        })
      : ''
  sendStep({
    visit,
    base,
    of,
    step: 2,
    title: t('door.register.forTitle'),
    path: '/for',
    status,
    body: `${number}${kpp}<div class="field">${tick('isPerson')}${tick('isEmployee')}</div>
${faultOf(visit, said ?? null)}<button class="plain" name="action" value="find">${t('door.register.find')}</button>
${outcome(visit, typed, answer, faults)}<button name="action" value="next">${t(of === 2 ? 'door.again.send' : 'door.register.next')}</button>${back(visit, base)}`,
  })
}

/** What the register said, or the fields to say it oneself. */
function outcome(
  visit: Visit,
  typed: TypedClaim,
  answer: RegisterAnswer | null,
  faults: FieldFaults,
): string {
  const t = sayFor(visit)
  if (typed.isPerson) return ''
  if (answer?.outcome === 'found') {
    const { organisation } = answer
    const facts = [
      ['name', organisation.name],
      ['registrationNumber', organisation.registrationNumber],
      ['legalAddress', organisation.address],
      ['headName', [organisation.headPosition, organisation.headName].filter(Boolean).join(' ')],
    ].filter(([, value]) => value)
    const warning =
      organisation.state === 'active' ? '' : faultOf(visit, { key: 'door.register.notActive' }, 'state-fault')
    return `<section class="found" aria-label="${t('door.register.found')}"><p class="said" role="status">${t('door.register.found')}</p><dl>${facts
      .map(([name, value]) => `<dt>${t(`door.register.facts.${name}`)}</dt><dd>${escape(String(value))}</dd>`)
      .join('')}</dl>${warning}</section>`
  }
  const isTyped = [typed.name, typed.legalAddress, typed.headName, typed.headPosition].some(Boolean)
  const mustType = answer !== null || faults['name'] !== undefined || isTyped
  if (!mustType) return ''
  const told = answer
    ? `<p class="hint" role="status">${t(answer.outcome === 'not-found' ? 'door.register.notFound' : 'door.register.unavailable')}</p>`
    : ''
  const field = (name: 'name' | 'legalAddress' | 'headName' | 'headPosition') =>
    textField(visit, {
      name,
      label: t(`door.register.facts.${name}`),
      value: typed[name],
      said: saidOf(faults, name),
      more: ' maxlength="500"',
    })
  return `${told}${field('name')}${field('legalAddress')}${field('headName')}${field('headPosition')}`
}

type PersonStep = { typed: TypedPerson; faults: FieldFaults; password: Said | null; status?: number }

export function sendPersonStep(visit: Visit, { typed, faults, password, status = 200 }: PersonStep): void {
  const t = sayFor(visit)
  sendStep({
    visit,
    ...own,
    step: 3,
    title: t('door.register.personTitle'),
    path: '/person',
    status,
    script: passwordScript,
    body: `${personFields(visit, typed, faults)}${newPasswordFields(visit, 'client', password, true)}<button>${t('door.register.next')}</button>${back(visit, '/register/for')}`,
  })
}

type AgreementStep = {
  agreement: CurrentAgreement | null
  draft: Draft
  isAgreed?: boolean
  fault: Said | null
  status?: number
}

export function sendAgreementStep(
  visit: Visit,
  { agreement, draft, isAgreed = false, fault, status = 200 }: AgreementStep,
): void {
  const t = sayFor(visit)
  const { kind, claim, newcomer } = draft
  const person = [newcomer?.surname, newcomer?.name, newcomer?.patronymic].filter(Boolean).join(' ')
  const summary = [
    [t('door.register.summary.who'), person],
    [t('door.register.summary.email'), newcomer?.email],
    [
      t('door.register.summary.for'),
      claim?.subject === 'person' ? t('door.register.himself') : claim?.details.name,
    ],
    [t(`door.register.taxId.${kind?.country ?? 'RU'}`), claim?.taxId],
  ].filter(([, value]) => value)
  sendStep({
    visit,
    ...own,
    step: 4,
    title: t('door.register.agreementTitle'),
    path: '/agreement',
    status,
    body: `<dl>${summary.map(([name, value]) => `<dt>${name}</dt><dd>${escape(String(value))}</dd>`).join('')}</dl>
<details><summary>${t('door.register.text', { version: agreement?.version ?? 0 })}</summary><pre tabindex="0">${escape(agreement?.text ?? '')}</pre></details>
<input type="hidden" name="version" value="${agreement?.version ?? 0}">
<label class="check field"><input type="checkbox" name="agreed" value="1" required${isAgreed ? ' checked' : ''}>${t('door.register.agree')}</label>${faultOf(visit, fault)}
<p class="hint">${t('door.register.confirmation')}</p><button>${t('door.register.submit')}</button>${back(visit, '/register/person')}`,
  })
}
