/** When somebody last came in. Neither audited nor versioned: it happens with every sign-in and changes nothing else. */
import { sequelize } from '../../db/sequelize.ts'

export const rememberSignIn = (userId: number): Promise<unknown> =>
  sequelize.query('update users set last_sign_in_at = now() where id = $1', { bind: [userId] })
