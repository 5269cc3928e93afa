/** A letter on paper with a code that only its reader can know: where it goes, and how far it came. */
import type { CreationOptional } from 'sequelize'
import { instant, integer, key, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { identityLetterStates, type IdentityLetterState } from '../domain/states/identity-letter.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class IdentityLetter extends LastingModel<IdentityLetter> {
  declare identityId: number
  declare userId: number
  declare officeId: number
  declare recipientName: string
  /** Address as JSON, sealed by DATA_KEYS. */
  declare sealed: string
  declare state: CreationOptional<IdentityLetterState>
  /** A keyed fingerprint of the code that was printed last. */
  declare codePrint: CreationOptional<string | null>
  declare tries: CreationOptional<number>
  declare expiresAt: CreationOptional<Date | null>
  declare printedAt: CreationOptional<Date | null>
  declare postedAt: CreationOptional<Date | null>
  declare endedAt: CreationOptional<Date | null>
}

IdentityLetter.init(
  {
    id: key(),
    identityId: reference(),
    userId: reference(),
    officeId: reference(),
    recipientName: text(),
    sealed: text(),
    state: state(identityLetterStates),
    codePrint: text({ allowNull: true }),
    tries: integer({ defaultValue: 0 }),
    expiresAt: instant({ allowNull: true }),
    printedAt: instant({ allowNull: true }),
    postedAt: instant({ allowNull: true }),
    endedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'identity_letters', ...lastingOptions },
)
