/** A personal link that opens one thing to somebody without an account; only the hash of its token is kept. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { flag, instant, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class AccessLink extends Model<InferAttributes<AccessLink>, InferCreationAttributes<AccessLink>> {
  declare id: CreationOptional<number>
  /** Null for a link to a password: an account may belong to no office. */
  declare officeId: CreationOptional<number | null>
  declare purpose:
    | 'accounting_answer'
    | 'documents'
    | 'export'
    | 'password_first'
    | 'password_reset'
    | 'invitation'
    | 'registration'
    | 'registration_confirm'
  declare subjectId: number
  declare recipient: CreationOptional<string | null>
  declare tokenHash: string
  declare isSingleUse: boolean
  declare expiresAt: Date
  declare usedAt: CreationOptional<Date | null>
  declare revokedAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

AccessLink.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    purpose: text(),
    subjectId: reference(),
    recipient: text({ allowNull: true }),
    tokenHash: text(),
    isSingleUse: flag(),
    expiresAt: instant(),
    usedAt: instant({ allowNull: true }),
    revokedAt: instant({ allowNull: true }),
    createdAt: instant(),
  },
  { sequelize, tableName: 'access_links', underscored: true, timestamps: false },
)
