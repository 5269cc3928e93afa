/** A person who works at an organisation. */
import type { CreationOptional } from 'sequelize'
import { flag, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class Employee extends KeptModel<Employee> {
  declare officeId: number
  declare organisationId: number
  declare surname: string
  declare name: string
  declare patronymic: CreationOptional<string | null>
  declare position: CreationOptional<string | null>
  declare department: CreationOptional<string | null>
  declare isHead: CreationOptional<boolean>
  declare email: CreationOptional<string | null>
  declare phone: CreationOptional<string | null>
  declare phoneExtension: CreationOptional<string | null>
}

Employee.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    surname: text(),
    name: text(),
    patronymic: text({ allowNull: true }),
    position: text({ allowNull: true }),
    department: text({ allowNull: true }),
    isHead: flag({ defaultValue: false }),
    email: text({ allowNull: true }),
    phone: text({ allowNull: true }),
    phoneExtension: text({ allowNull: true }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'employees', ...keptOptions },
)
