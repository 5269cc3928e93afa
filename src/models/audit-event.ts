/** What somebody did to a record; written once, never changed. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, json, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class AuditEvent extends Model<InferAttributes<AuditEvent>, InferCreationAttributes<AuditEvent>> {
  declare id: CreationOptional<number>
  declare at: CreationOptional<Date>
  declare actorKind: 'user' | 'system' | 'link'
  declare actorId: CreationOptional<number | null>
  declare actorName: string
  declare operation: string
  declare subjectType: string
  declare subjectId: number
  declare officeId: CreationOptional<number | null>
  declare organisationId: CreationOptional<number | null>
  declare changes: CreationOptional<Record<string, unknown>>
  declare note: CreationOptional<string | null>
}

AuditEvent.init(
  {
    id: key(),
    at: instant(),
    actorKind: text(),
    actorId: reference({ allowNull: true }),
    actorName: text(),
    operation: text(),
    subjectType: text(),
    subjectId: reference(),
    officeId: reference({ allowNull: true }),
    organisationId: reference({ allowNull: true }),
    changes: json({ defaultValue: {} }),
    note: text({ allowNull: true }),
  },
  { sequelize, tableName: 'audit_events', underscored: true, timestamps: false },
)
