/** The offer to somebody to act for a client, or to apply to an office, made to one address. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, state, text, textArray } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { invitationStates, type InvitationState } from '../domain/states/invitation.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

/** Groups of access a person may be put into with the invitation (S4-07, S4-11). */
export const accessGroups = ['tech_portal', 'identity_confirmation', 'registration_and_confirmation'] as const

export class Invitation extends LastingModel<Invitation> {
  declare officeId: number
  declare organisationId: CreationOptional<number | null>
  declare role: 'head' | 'employee' | 'applicant'
  declare email: string
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  declare groups: CreationOptional<string[]>
  declare state: CreationOptional<InvitationState>
  declare sentAt: Date
  declare expiresAt: Date
  declare remindedAt: CreationOptional<Date | null>
  declare usedAt: CreationOptional<Date | null>
  declare usedBy: CreationOptional<number | null>
  declare revokedAt: CreationOptional<Date | null>
  declare revokedBy: CreationOptional<number | null>
}

Invitation.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference({ allowNull: true }),
    role: text({ validate: { isIn: [['head', 'employee', 'applicant']] } }),
    email: text(),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    groups: textArray(),
    state: state(invitationStates),
    sentAt: instant(),
    expiresAt: instant(),
    remindedAt: instant({ allowNull: true }),
    usedAt: instant({ allowNull: true }),
    usedBy: reference({ allowNull: true }),
    revokedAt: instant({ allowNull: true }),
    revokedBy: reference({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'invitations', ...lastingOptions },
)
