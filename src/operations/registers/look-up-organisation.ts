/** Whose tax id it is, by the registers: the own one first, then those outside, whose answers are remembered. */
import { DomainError } from '../../domain/errors.ts'
import { countries, type Country } from '../../domain/requisites/country.ts'
import { kindOfTaxId } from '../../domain/requisites/kind-of-tax-id.ts'
import { checkKpp } from '../../domain/requisites/russia.ts'
import { checkTaxId } from '../../domain/requisites.ts'
import { env } from '../../env.ts'
import { log } from '../../log.ts'
import { RegisterCheck } from '../../models/register-check.ts'
import { authorise } from '../../policies/define-policy.ts'
import { localRegister } from '../../queries/registers/local-register.ts'
import { rememberedAnswer } from '../../queries/registers/remembered-answer.ts'
import type { Register, RegisterAnswer, RegisterQuestion } from '../../registers/define-register.ts'
import { suggestionsRegister } from '../../registers/suggestions-register.ts'
import type { Context } from '../operation.ts'
import { rememberAnswer } from './remember-answer.ts'

export type LookUp = Readonly<{ country: Country; taxId: string; kpp?: string | null }>

let connected: readonly Register[] | undefined

/** In the order in which they are asked. */
function registers(): readonly Register[] {
  if (connected) return connected
  const { REGISTER_URL: url, REGISTER_TOKEN: token, REGISTER_COUNTRIES } = env()
  const outside =
    url !== undefined && token !== undefined
      ? [suggestionsRegister({ url, token, countries: REGISTER_COUNTRIES })]
      : []
  connected = [localRegister, ...outside]
  return connected
}

/**
 * Not an operation: a register outside may take seconds, and no transaction waits for it. It never looks at our own
 * organisations, so that a visitor learns from it, and from how long it takes, nothing but what registers say of
 * everybody. Pages without a signed-in person pass `systemContext('registration')` and throttle by themselves.
 *
 * `found` is the first register that knows; `not-found` only when all that could be asked answered so;
 * `unavailable` otherwise, and what the person typed may go on.
 * @throws DomainError `invalid` with the fault beside `taxId` or `kpp`; `forbidden`
 */
export async function lookUpOrganisation(
  { actor, now }: Context,
  input: LookUp,
  asked: readonly Register[] = registers(),
): Promise<RegisterAnswer> {
  authorise(actor, 'lookUp', RegisterCheck)
  const question = read(input)
  let best: RegisterAnswer | undefined
  for (const register of asked.filter((one) => one.countries.includes(question.country))) {
    const answer = await ask(register, question, now)
    if (answer.outcome === 'found') return answer
    if (!best || worth(answer) > worth(best)) best = answer
  }
  return best ?? { outcome: 'unavailable', source: 'none', reason: 'not-connected' }
}

// A register that could not answer leaves the question open, whatever another one does not know. One that is not
// connected leaves it to the others.
function worth(answer: RegisterAnswer): number {
  if (answer.outcome !== 'unavailable') return 1
  return answer.reason === 'not-connected' ? 0 : 2
}

async function ask(register: Register, question: RegisterQuestion, now: Date): Promise<RegisterAnswer> {
  if (!register.isRemembered) return register.lookUp(question, now)
  const known = await rememberedAnswer(register.name, question, now)
  if (known) return known
  const answer = await register.lookUp(question, now)
  if (answer.outcome === 'unavailable')
    // Without the question: a tax id may be a person's.
    log.warn({ register: register.name, reason: answer.reason }, 'a register of organisations did not answer')
  else await rememberAnswer(question, answer, now)
  return answer
}

function read({ country, taxId, kpp }: LookUp): RegisterQuestion {
  if (!countries.includes(country)) throw new DomainError('invalid', {}, { country: { code: 'bad-value' } })
  const checked = checkTaxId(taxId, { country, kind: kindOfTaxId(country, taxId) })
  if (checked.fault) {
    const { code, params, suggestion } = checked.fault
    throw new DomainError(
      'invalid',
      {},
      { taxId: { code, params: { ...params, ...(suggestion !== undefined && { suggestion }) } } },
    )
  }
  if (country !== 'RU' || !kpp?.trim()) return { country, taxId: checked.value, kpp: null }
  const branch = checkKpp(kpp)
  if (branch.fault)
    throw new DomainError(
      'invalid',
      {},
      { kpp: { code: branch.fault.code, params: branch.fault.params ?? {} } },
    )
  return { country, taxId: checked.value, kpp: branch.value }
}
