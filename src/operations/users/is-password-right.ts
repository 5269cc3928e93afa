/** Whether a password opens an account; it takes as long when there is no account, or none that has a password yet. */
import { refusePassword, verifyPassword } from '../../passwords.ts'

export const isPasswordRight = (
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> => (passwordHash ? verifyPassword(passwordHash, password) : refusePassword(password))
