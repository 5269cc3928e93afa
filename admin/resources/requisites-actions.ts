/** The two buttons from wrong requisites to requisites in force: accepted with a reason, confirmed by another person. */
import type { acceptingRequisites } from '../../src/operations/organisations/wrong-requisites.ts'
import { recordAction, type DeskAction } from '../actions.ts'

export const requisitesActions = ({
  override,
  confirm,
}: ReturnType<typeof acceptingRequisites>): DeskAction[] => [
  recordAction(
    {
      name: 'overrideRequisites',
      icon: 'AlertTriangle',
      fields: [{ name: 'reason', as: 'long', required: true }],
      confirm: true,
    },
    async (request, id, payload) => {
      await override(request, { id, reason: String(payload['reason']) })
    },
  ),
  recordAction({ name: 'confirmRequisites', icon: 'UserCheck', confirm: true }, async (request, id) => {
    await confirm(request, { id })
  }),
]
