/** One row of the rules of signing in for each role; nobody is asked for a second factor until an administrator says so. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  insert into sign_in_rules (role)
  values ('administrator'), ('operator'), ('accountant'), ('support'), ('client')
  `)

export const down = (db: QueryInterface) => db.sequelize.query('delete from sign_in_rules')
