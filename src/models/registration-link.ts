/** A link by which an office lets people register as its applicants (S1-03): many may use it, until it ends. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class RegistrationLink extends LastingModel<RegistrationLink> {
  declare officeId: number
  declare title: string
  declare expiresAt: Date
  declare revokedAt: CreationOptional<Date | null>
  declare revokedBy: CreationOptional<number | null>
}

RegistrationLink.init(
  {
    id: key(),
    officeId: reference(),
    title: text(),
    expiresAt: instant(),
    revokedAt: instant({ allowNull: true }),
    revokedBy: reference({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'registration_links', ...lastingOptions },
)
