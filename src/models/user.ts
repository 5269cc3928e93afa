/** Somebody who signs in: a member of staff to the back office, or a person of a client to the cabinet. */
import type { CreationOptional } from 'sequelize'
import { integer, flag, instant, json, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class User extends KeptModel<User> {
  declare officeId: CreationOptional<number | null>
  declare email: string
  /** Null until an invited person has chosen one. */
  declare passwordHash: CreationOptional<string | null>
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  /** What a client may do is said by each membership, not here. */
  declare role: 'administrator' | 'operator' | 'accountant' | 'support' | 'client'
  declare state: CreationOptional<'invited' | 'active' | 'blocked'>
  declare language: CreationOptional<'ru' | 'en'>
  declare timezone: CreationOptional<string>
  declare sessionVersion: CreationOptional<number>
  declare mustChangePassword: CreationOptional<boolean>
  declare phone: CreationOptional<string | null>
  declare emailConfirmedAt: CreationOptional<Date | null>
  declare phoneConfirmedAt: CreationOptional<Date | null>
  /** How well the person is known (S4-02): by an address, by checked papers, by sight. */
  declare level: CreationOptional<'simplified' | 'standard' | 'confirmed'>
  declare passwordChangedAt: CreationOptional<Date | null>
  /** Since when letters do not reach the address, and what the mail server said. */
  declare emailFailingSince: CreationOptional<Date | null>
  declare emailFailingReason: CreationOptional<string | null>
  declare lastSignInAt: CreationOptional<Date | null>
  declare preferences: CreationOptional<Record<string, unknown>>
}

User.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    email: text(),
    passwordHash: text({ allowNull: true }),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    role: text(),
    state: text({ defaultValue: 'active' }),
    language: text({ defaultValue: 'ru' }),
    timezone: text({ defaultValue: 'Europe/Moscow' }),
    sessionVersion: integer({ defaultValue: 0 }),
    mustChangePassword: flag({ defaultValue: false }),
    phone: text({ allowNull: true }),
    emailConfirmedAt: instant({ allowNull: true }),
    phoneConfirmedAt: instant({ allowNull: true }),
    level: text({ defaultValue: 'simplified' }),
    passwordChangedAt: instant({ allowNull: true }),
    emailFailingSince: instant({ allowNull: true }),
    emailFailingReason: text({ allowNull: true }),
    lastSignInAt: instant({ allowNull: true }),
    preferences: json({ defaultValue: {} }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'users', ...keptOptions },
)
