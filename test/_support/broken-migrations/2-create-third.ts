/** A migration that fails after its first statement. */
import type { QueryInterface } from 'sequelize'

export const up = async (db: QueryInterface) => {
  await db.sequelize.query('create table thirds (id int)')
  await db.sequelize.query('insert into fourths values (1)')
}
export const down = (db: QueryInterface) => db.sequelize.query('drop table thirds')
