/** The staff decide about a client's wish: accepted it is written by the organisation's own edit, in one transaction. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { changeRequestStates } from '../../domain/states/change-request.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { organisationKeeping } from '../organisations/keep-organisations.ts'

type Asked = Readonly<{ requestId: number }>

async function lock(id: number): Promise<ChangeRequest> {
  const request = await ChangeRequest.findByPk(id, { lock: true })
  if (!request) throw new DomainError('not-found')
  return request
}

/** The staff are asked no more, and the head hears how it ended; of their own withdrawal nobody has to be told. */
const tell = async (
  { id, officeId, organisationId }: ChangeRequest,
  now: Date,
  kind?: 'changes-accepted' | 'changes-refused',
) => {
  await settleNotifications('change_requests', [id], now)
  if (kind) await notify({ kind, subjectId: id, officeId, organisationId, now })
  await notifyBothSides({ officeId, organisationId })
}

/** @throws DomainError `change-request-stale` when a field it speaks of was changed meanwhile, `invalid` by the checks */
export const acceptChanges = operation('change-request.accept', async (context, { requestId }: Asked) => {
  const { actor, now } = context
  const request = await lock(requestId)
  authorise(actor, 'accept', request)
  const organisation = await Organisation.findByPk(request.organisationId, {
    lock: true,
    rejectOnEmpty: true,
  })
  const isStale = Object.entries(request.changes).some(
    ([field, { before }]) => ((organisation.get(field) as string | null) || null) !== before,
  )
  if (isStale) throw new DomainError('change-request-stale')
  await organisationKeeping.edit(context, {
    id: organisation.id,
    values: Object.fromEntries(Object.entries(request.changes).map(([field, { after }]) => [field, after])),
  })
  await request.update({
    state: changeRequestStates.next(request.state, 'accept'),
    decidedBy: actor.id,
    decidedAt: now,
  })
  await tell(request, now, 'changes-accepted')
  return request
})

export const refuseChanges = operation(
  'change-request.refuse',
  async ({ actor, now }, { requestId, reason }: Asked & { reason: string }) => {
    const request = await lock(requestId)
    authorise(actor, 'refuse', request)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    await request.update({
      state: changeRequestStates.next(request.state, 'refuse'),
      decisionReason: reason.trim(),
      decidedBy: actor.id,
      decidedAt: now,
    })
    await tell(request, now, 'changes-refused')
    return request
  },
)

/** The client takes the wish back. */
export const withdrawChanges = operation(
  'change-request.withdraw',
  async ({ actor, now }, { requestId }: Asked) => {
    const request = await lock(requestId)
    authorise(actor, 'withdraw', request)
    await request.update({
      state: changeRequestStates.next(request.state, 'withdraw'),
      decidedBy: actor.id,
      decidedAt: now,
    })
    await tell(request, now)
    return request
  },
)
