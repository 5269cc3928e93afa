/** A client, a seller, a certification body: any legal or natural person the office deals with. */
import type { CreationOptional } from 'sequelize'
import { instant, key, reference, text, textArray } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { CheckedModel, checkedColumns } from './checked-model.ts'
import { keptColumns, keptOptions } from './kept-model.ts'

export type Country = 'RU' | 'KZ' | 'BY'
export type OrganisationRole = 'client' | 'certification_body' | 'ca' | 'partner' | 'seller' | 'authorised'

export class Organisation extends CheckedModel<Organisation> {
  declare officeId: number
  declare country: Country
  declare kind: 'legal' | 'entrepreneur' | 'person' | 'authority'
  declare roles: CreationOptional<OrganisationRole[]>
  declare name: string
  declare shortName: CreationOptional<string | null>
  declare taxId: CreationOptional<string | null>
  declare kpp: CreationOptional<string | null>
  declare registrationNumber: CreationOptional<string | null>
  declare okved: CreationOptional<string | null>
  declare legalAddress: CreationOptional<string | null>
  declare postalAddress: CreationOptional<string | null>
  declare regionCode: CreationOptional<string | null>
  declare phone: CreationOptional<string | null>
  declare phoneExtension: CreationOptional<string | null>
  declare email: CreationOptional<string | null>
  declare accountingEmail: CreationOptional<string | null>
  /** Since when letters do not reach the address, and what the mail server said. */
  declare emailFailingSince: CreationOptional<Date | null>
  declare emailFailingReason: CreationOptional<string | null>
  declare headName: CreationOptional<string | null>
  declare headPosition: CreationOptional<string | null>
  declare headBasis: CreationOptional<string | null>
  declare accountantName: CreationOptional<string | null>
  declare state: CreationOptional<'draft' | 'active' | 'blocked'>
  declare timezone: CreationOptional<string>
  declare language: CreationOptional<'ru' | 'en'>
  declare comment: CreationOptional<string | null>
}

Organisation.init(
  {
    id: key(),
    officeId: reference(),
    country: text(),
    kind: text(),
    roles: textArray({ defaultValue: ['client'] }),
    name: text(),
    shortName: text({ allowNull: true }),
    taxId: text({ allowNull: true }),
    kpp: text({ allowNull: true }),
    registrationNumber: text({ allowNull: true }),
    okved: text({ allowNull: true }),
    legalAddress: text({ allowNull: true }),
    postalAddress: text({ allowNull: true }),
    regionCode: text({ allowNull: true }),
    phone: text({ allowNull: true }),
    phoneExtension: text({ allowNull: true }),
    email: text({ allowNull: true }),
    accountingEmail: text({ allowNull: true }),
    emailFailingSince: instant({ allowNull: true }),
    emailFailingReason: text({ allowNull: true }),
    headName: text({ allowNull: true }),
    headPosition: text({ allowNull: true }),
    headBasis: text({ allowNull: true }),
    accountantName: text({ allowNull: true }),
    state: text({ defaultValue: 'draft' }),
    timezone: text({ defaultValue: 'Europe/Moscow' }),
    language: text({ defaultValue: 'ru' }),
    comment: text({ allowNull: true }),
    ...checkedColumns(),
    ...keptColumns(),
  },
  { sequelize, tableName: 'organisations', ...keptOptions },
)
