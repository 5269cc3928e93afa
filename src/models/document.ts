/** A printed or received paper: invoice, act, licence, tax invoice. Frozen once issued. */
import type { CreationOptional } from 'sequelize'
import { integer, day, instant, json, key, money, reference, state, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { documentStates, type DocumentState } from '../domain/states/document.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export type DocumentKind = 'invoice' | 'act' | 'licence' | 'tax_invoice' | 'upd'

export class Document extends LastingModel<Document> {
  declare officeId: number
  declare organisationId: number
  declare sellerId: number
  declare invoiceId: CreationOptional<number | null>
  declare requestId: CreationOptional<number | null>
  declare batchId: CreationOptional<number | null>
  declare kind: DocumentKind
  declare number: string
  declare seriesNumber: CreationOptional<number | null>
  declare seriesYear: CreationOptional<number | null>
  declare issuedOn: string
  declare totalMinor: CreationOptional<number>
  declare currency: CreationOptional<Currency>
  declare state: CreationOptional<DocumentState>
  declare data: CreationOptional<object | null>
  declare templateVersion: CreationOptional<number | null>
  declare fileId: CreationOptional<string | null>
  declare sha256: CreationOptional<string | null>
  declare pageCount: CreationOptional<number | null>
  declare verificationCode: CreationOptional<string | null>
  declare failureCode: CreationOptional<string | null>
  declare publishedAt: CreationOptional<Date | null>
  declare publishedBy: CreationOptional<number | null>
  declare seenAt: CreationOptional<Date | null>
  declare cancelledAt: CreationOptional<Date | null>
  declare cancelledBy: CreationOptional<number | null>
  declare cancelReason: CreationOptional<string | null>
  declare replacesId: CreationOptional<number | null>
  declare replacedById: CreationOptional<number | null>
}

Document.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    sellerId: reference(),
    invoiceId: reference({ allowNull: true }),
    requestId: reference({ allowNull: true }),
    batchId: reference({ allowNull: true }),
    kind: text(),
    number: text(),
    seriesNumber: integer({ allowNull: true }),
    seriesYear: integer({ allowNull: true }),
    issuedOn: day(),
    totalMinor: money({ defaultValue: 0 }),
    currency: text({ defaultValue: 'RUB' }),
    state: state(documentStates),
    data: json({ allowNull: true }),
    templateVersion: integer({ allowNull: true }),
    fileId: uuid({ allowNull: true }),
    sha256: text({ allowNull: true }),
    pageCount: integer({ allowNull: true }),
    verificationCode: text({ allowNull: true }),
    failureCode: text({ allowNull: true }),
    publishedAt: instant({ allowNull: true }),
    publishedBy: reference({ allowNull: true }),
    seenAt: instant({ allowNull: true }),
    cancelledAt: instant({ allowNull: true }),
    cancelledBy: reference({ allowNull: true }),
    cancelReason: text({ allowNull: true }),
    replacesId: reference({ allowNull: true }),
    replacedById: reference({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'documents', ...lastingOptions },
)
