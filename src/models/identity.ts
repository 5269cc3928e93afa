/** The papers of one person: what they told of themselves, sealed, and what was found about it. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, state, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Country } from '../domain/requisites/country.ts'
import { identityStates, type IdentityState } from '../domain/states/identity.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

/** How somebody was confirmed in person (S4-05). */
export const confirmationWays = ['centre', 'post', 'signature'] as const

export class Identity extends LastingModel<Identity> {
  declare userId: number
  /** The office that checks. */
  declare officeId: number
  /** The name that is checked, as it was when the papers were told. */
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  declare country: Country
  /** Numbers, document and birth as JSON, sealed by DATA_KEYS for the row of this person. */
  declare sealed: string
  /** By which two people with one number are told apart from one with two accounts. */
  declare numberPrint: string
  declare state: CreationOptional<IdentityState>
  declare submittedAt: Date
  /** What a register answered, when one was asked. */
  declare answerSource: CreationOptional<string | null>
  declare answerOutcome: CreationOptional<'matches' | 'differs' | 'unavailable' | null>
  declare answeredAt: CreationOptional<Date | null>
  /** Null for a decision a register made. */
  declare decidedBy: CreationOptional<number | null>
  declare decidedAt: CreationOptional<Date | null>
  /** For the office. */
  declare decisionReason: CreationOptional<string | null>
  /** What of it the person is told; null where it would tell of somebody else. */
  declare toldReason: CreationOptional<string | null>
  declare evidenceFileId: CreationOptional<string | null>
  declare confirmedWay: CreationOptional<(typeof confirmationWays)[number] | null>
  declare confirmedBy: CreationOptional<number | null>
  declare confirmedAt: CreationOptional<Date | null>
  declare confirmationReason: CreationOptional<string | null>
  declare confirmationFileId: CreationOptional<string | null>
}

Identity.init(
  {
    id: key(),
    userId: reference(),
    officeId: reference(),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    country: text(),
    sealed: text(),
    numberPrint: text(),
    state: state(identityStates),
    submittedAt: instant(),
    answerSource: text({ allowNull: true }),
    answerOutcome: text({ allowNull: true }),
    answeredAt: instant({ allowNull: true }),
    decidedBy: reference({ allowNull: true }),
    decidedAt: instant({ allowNull: true }),
    decisionReason: text({ allowNull: true }),
    toldReason: text({ allowNull: true }),
    evidenceFileId: uuid({ allowNull: true }),
    confirmedWay: text({ allowNull: true }),
    confirmedBy: reference({ allowNull: true }),
    confirmedAt: instant({ allowNull: true }),
    confirmationReason: text({ allowNull: true }),
    confirmationFileId: uuid({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'identities', ...lastingOptions },
)
