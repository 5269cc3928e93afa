/** The administrator decides for which roles a password alone opens nothing. */
import { DomainError } from '../../domain/errors.ts'
import { SignInRule } from '../../models/sign-in-rule.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'

/** In force with the next click: people of the role who have no second factor are led to set one up. */
const setRequired = (name: string, isSecondFactorRequired: boolean) =>
  operation(name, async ({ actor }, { ruleId }: { ruleId: number }) => {
    const rule = await SignInRule.findByPk(ruleId, { lock: true })
    if (!rule) throw new DomainError('not-found')
    authorise(actor, isSecondFactorRequired ? 'require' : 'release', rule)
    return rule.update({ isSecondFactorRequired })
  })

export const requireSecondFactor = setRequired('sign-in-rule.require', true)
export const releaseSecondFactor = setRequired('sign-in-rule.release', false)
