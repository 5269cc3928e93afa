/** What a client asked to change in its requisites lately, and what became of it. */
import type { CabinetChanges } from '../../../admin/cabinet-types.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { can, scopeOf } from '../../policies/define-policy.ts'

const shown = 10

/** An employee may read the requisites and not the wishes about them. */
export async function cabinetChanges(actor: Actor): Promise<CabinetChanges> {
  const mayPropose = can(actor, 'proposeChanges', Organisation)
  const scope = scopeOf(actor, ChangeRequest)
  if (!can(actor, 'list', ChangeRequest) || scope === null)
    return { requests: [], mayPropose, isWaiting: false }
  const requests = await ChangeRequest.findAll({ where: scope, order: [['id', 'desc']], limit: shown })
  return {
    mayPropose,
    isWaiting: requests.some(({ state }) => state === 'pending'),
    requests: requests.map((request) => ({
      id: request.id,
      state: request.state,
      changes: request.changes,
      reason: request.reason,
      decisionReason: request.decisionReason,
      at: request.createdAt.toISOString(),
      decidedAt: request.decidedAt?.toISOString() ?? null,
      mayWithdraw: can(actor, 'withdraw', request),
    })),
  }
}
