/** A member of staff who signs in to the back office. */
import type { CreationOptional } from 'sequelize'
import { integer, flag, instant, json, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class User extends KeptModel<User> {
  declare officeId: CreationOptional<number | null>
  declare email: string
  declare passwordHash: string
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  declare role: 'administrator' | 'operator' | 'accountant' | 'support'
  declare state: CreationOptional<'active' | 'blocked'>
  declare language: CreationOptional<'ru' | 'en'>
  declare timezone: CreationOptional<string>
  declare sessionVersion: CreationOptional<number>
  declare mustChangePassword: CreationOptional<boolean>
  declare lastSignInAt: CreationOptional<Date | null>
  declare preferences: CreationOptional<Record<string, unknown>>
}

User.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    email: text(),
    passwordHash: text(),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    role: text(),
    state: text({ defaultValue: 'active' }),
    language: text({ defaultValue: 'ru' }),
    timezone: text({ defaultValue: 'Europe/Moscow' }),
    sessionVersion: integer({ defaultValue: 0 }),
    mustChangePassword: flag({ defaultValue: false }),
    lastSignInAt: instant({ allowNull: true }),
    preferences: json({ defaultValue: {} }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'users', ...keptOptions },
)
