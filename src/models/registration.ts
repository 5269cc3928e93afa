/** What somebody told of themselves to get an account, and what was decided about it. */
import { DataTypes, type CreationOptional } from 'sequelize'
import { flag, instant, json, key, reference, state, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { registrationStates, type RegistrationState } from '../domain/states/registration.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

/** What is known of the organisation beside its numbers. */
export type RegistrationDetails = Readonly<{
  name?: string
  shortName?: string | null
  registrationNumber?: string | null
  legalAddress?: string | null
  okved?: string | null
  headName?: string | null
  headPosition?: string | null
  phone?: string | null
}>

export class Registration extends LastingModel<Registration> {
  declare officeId: number
  declare way: 'link' | 'self'
  declare registrationLinkId: CreationOptional<number | null>
  declare email: string
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  declare language: CreationOptional<'ru' | 'en'>
  /** Until the mailbox is confirmed; then it moves into the account. */
  declare passwordHash: CreationOptional<string | null>
  declare country: CreationOptional<'RU' | 'KZ' | 'BY' | null>
  declare subject: CreationOptional<'organisation' | 'person' | 'employee' | null>
  declare isSubjectOfAccreditation: CreationOptional<boolean>
  declare taxId: CreationOptional<string | null>
  declare kpp: CreationOptional<string | null>
  declare details: CreationOptional<RegistrationDetails>
  declare source: CreationOptional<'register' | 'typed' | null>
  /** The organisation of ours it turned out to be; the visitor is not told. */
  declare organisationId: CreationOptional<number | null>
  declare agreementId: CreationOptional<number | null>
  declare agreedAt: CreationOptional<Date | null>
  declare agreedFrom: CreationOptional<string | null>
  declare state: CreationOptional<RegistrationState>
  declare expiresAt: Date
  declare confirmedAt: CreationOptional<Date | null>
  declare userId: CreationOptional<number | null>
  declare decidedBy: CreationOptional<number | null>
  declare decidedAt: CreationOptional<Date | null>
  declare reason: CreationOptional<string | null>
  /** Who signed, what, and with what, where a certificate has decided. */
  declare signer: CreationOptional<string | null>
  declare signedStatement: CreationOptional<string | null>
  declare signatureFileId: CreationOptional<string | null>
}

Registration.init(
  {
    id: key(),
    officeId: reference(),
    way: text({ validate: { isIn: [['link', 'self']] } }),
    registrationLinkId: reference({ allowNull: true }),
    email: text(),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    language: text({ defaultValue: 'ru' }),
    passwordHash: text({ allowNull: true }),
    country: text({ allowNull: true }),
    subject: text({ allowNull: true }),
    isSubjectOfAccreditation: flag({ defaultValue: false }),
    taxId: text({ allowNull: true }),
    kpp: text({ allowNull: true }),
    details: json({ defaultValue: {} }),
    source: text({ allowNull: true }),
    organisationId: reference({ allowNull: true }),
    agreementId: reference({ allowNull: true }),
    agreedAt: instant({ allowNull: true }),
    agreedFrom: { type: DataTypes.INET, allowNull: true },
    state: state(registrationStates),
    expiresAt: instant(),
    confirmedAt: instant({ allowNull: true }),
    userId: reference({ allowNull: true }),
    decidedBy: reference({ allowNull: true }),
    decidedAt: instant({ allowNull: true }),
    reason: text({ allowNull: true }),
    signer: text({ allowNull: true }),
    signedStatement: text({ allowNull: true }),
    signatureFileId: uuid({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'registrations', ...lastingOptions },
)
