/** A set of paid lines the accountants are asked to ship. */
import type { CreationOptional } from 'sequelize'
import { integer, day, instant, key, money, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { accountingRequestStates, type AccountingRequestState } from '../domain/states/accounting-request.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class AccountingRequest extends LastingModel<AccountingRequest> {
  declare officeId: number
  declare organisationId: number
  declare sellerId: number
  declare contractId: CreationOptional<number | null>
  declare number: string
  declare seriesNumber: number
  declare seriesYear: number
  declare state: CreationOptional<AccountingRequestState>
  declare channel: CreationOptional<string>
  declare shipmentOn: string
  declare totalMinor: number
  declare currency: Currency
  declare lineCount: number
  declare attempts: CreationOptional<number>
  declare nextTryAt: CreationOptional<Date | null>
  declare sentAt: CreationOptional<Date | null>
  declare sentTo: CreationOptional<string | null>
  declare answeredAt: CreationOptional<Date | null>
  declare answeredVia: CreationOptional<'link' | 'office' | 'xlsx' | null>
  declare answeredBy: CreationOptional<string | null>
  declare outcome: CreationOptional<'confirmed' | 'refused' | 'timed_out' | 'undelivered' | null>
  declare failureCode: CreationOptional<string | null>
  declare failureText: CreationOptional<string | null>
  declare externalNumber: CreationOptional<string | null>
  declare acknowledgedBy: CreationOptional<number | null>
  declare acknowledgedAt: CreationOptional<Date | null>
}

AccountingRequest.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    sellerId: reference(),
    contractId: reference({ allowNull: true }),
    number: text(),
    seriesNumber: integer(),
    seriesYear: integer(),
    state: state(accountingRequestStates),
    channel: text({ defaultValue: 'mail' }),
    shipmentOn: day(),
    totalMinor: money(),
    currency: text(),
    lineCount: integer(),
    attempts: integer({ defaultValue: 0 }),
    nextTryAt: instant({ allowNull: true }),
    sentAt: instant({ allowNull: true }),
    sentTo: text({ allowNull: true }),
    answeredAt: instant({ allowNull: true }),
    answeredVia: text({ allowNull: true }),
    answeredBy: text({ allowNull: true }),
    outcome: text({ allowNull: true }),
    failureCode: text({ allowNull: true }),
    failureText: text({ allowNull: true }),
    externalNumber: text({ allowNull: true }),
    acknowledgedBy: reference({ allowNull: true }),
    acknowledgedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'accounting_requests', ...lastingOptions },
)
