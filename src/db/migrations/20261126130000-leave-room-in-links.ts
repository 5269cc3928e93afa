/** A link is used or revoked once: with room left on its page that writes no index anew. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) => db.sequelize.query('alter table access_links set (fillfactor = 70)')

export const down = (db: QueryInterface) => db.sequelize.query('alter table access_links reset (fillfactor)')
