/** A migration that works. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) => db.sequelize.query('create table halves (id int)')
export const down = (db: QueryInterface) => db.sequelize.query('drop table halves')
