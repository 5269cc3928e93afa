/** Indexes of what is not deleted: a list and its chips count up to 10,001 rows without reading one of them. */
import type { QueryInterface } from 'sequelize'

const lists = ['organisations', 'employees', 'contracts', 'invoices', 'invoice_lines'] as const
const withStates = ['organisations', 'invoices', 'invoice_lines'] as const

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  ${lists.map((table) => `create index ${table}_kept on ${table} (office_id, id desc) where deleted_at is null;`).join('\n')}
  ${withStates
    .map(
      (table) =>
        `create index ${table}_kept_state on ${table} (office_id, state, id desc) where deleted_at is null;`,
    )
    .join('\n')}
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop index ${lists.map((table) => `${table}_kept`).join(', ')}, ${withStates.map((table) => `${table}_kept_state`).join(', ')};
  `)
