/** What a person is at an organisation of a client, or at an office as an applicant without one. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, state, text, textArray } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { membershipStates, type MembershipState } from '../domain/states/membership.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class Membership extends LastingModel<Membership> {
  declare userId: number
  declare officeId: number
  declare organisationId: CreationOptional<number | null>
  declare employeeId: CreationOptional<number | null>
  declare role: 'head' | 'employee' | 'applicant'
  declare state: CreationOptional<MembershipState>
  /** Groups of access to the systems of service centres (S4-11). */
  declare groups: CreationOptional<string[]>
  /** Why it was refused, blocked or ended. */
  declare reason: CreationOptional<string | null>
  declare decidedBy: CreationOptional<number | null>
  declare decidedAt: CreationOptional<Date | null>
}

Membership.init(
  {
    id: key(),
    userId: reference(),
    officeId: reference(),
    organisationId: reference({ allowNull: true }),
    employeeId: reference({ allowNull: true }),
    role: text(),
    state: state(membershipStates),
    groups: textArray(),
    reason: text({ allowNull: true }),
    decidedBy: reference({ allowNull: true }),
    decidedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'memberships', ...lastingOptions },
)
