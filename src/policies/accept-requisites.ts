/** Who may accept requisites that are wrong, and who confirms that: the same for organisations and their accounts. */
import type { Model } from 'sequelize'
import type { CheckedModel } from '../models/checked-model.ts'
import { roles, type Rule } from './define-policy.ts'

const keepers = roles('administrator', 'operator')
const confirmers = roles('administrator', 'accountant')

/** @template M a model with requisites */
export const acceptRequisites = <M extends CheckedModel<Model>>(): Readonly<
  Record<'overrideRequisites' | 'confirmRequisites', Rule<M>>
> => ({
  // The right `requisites.override`: wrong check digits are accepted with a reason, and shown for ever.
  overrideRequisites: (actor, record) =>
    keepers(actor) &&
    (!record || (record.deletedAt === null && Object.keys(record.requisitesFaults).length > 0)),
  confirmRequisites: (actor, record) =>
    confirmers(actor) &&
    (!record || (record.requisitesOverrideAt !== null && record.requisitesConfirmedAt === null)),
})
