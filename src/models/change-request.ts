/** What the head of a client wants changed in the card of the organisation, field by field. */
import type { CreationOptional } from 'sequelize'
import { instant, json, key, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { changeRequestStates, type ChangeRequestState } from '../domain/states/change-request.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

/** Field → what it was when the wish was written, and what it should become. */
export type WantedChanges = Record<string, { before: string | null; after: string | null }>

export class ChangeRequest extends LastingModel<ChangeRequest> {
  declare officeId: number
  declare organisationId: number
  declare changes: WantedChanges
  declare reason: CreationOptional<string | null>
  declare state: CreationOptional<ChangeRequestState>
  declare decisionReason: CreationOptional<string | null>
  declare decidedBy: CreationOptional<number | null>
  declare decidedAt: CreationOptional<Date | null>
}

ChangeRequest.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    changes: json(),
    reason: text({ allowNull: true }),
    state: state(changeRequestStates),
    decisionReason: text({ allowNull: true }),
    decidedBy: reference({ allowNull: true }),
    decidedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'change_requests', ...lastingOptions },
)
