/** The account of an address; addresses are told apart without regard to case. */
import { col, fn, where } from 'sequelize'
import { User } from '../../models/user.ts'

export const findAccount = (email: string, lock = false): Promise<User | null> =>
  User.findOne({ where: where(fn('lower', col('email')), email.trim().toLowerCase()), lock, paranoid: false })
