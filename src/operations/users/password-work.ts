/** What this process has done with passwords, for its figures: a flood of checks is somebody guessing. */
import { passwordWork as worked } from '../../passwords.ts'

export const passwordWork = (): Readonly<Record<'hashed' | 'checked', number>> => worked()
