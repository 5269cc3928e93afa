/** What the letters about an account say: whose it is, and on which clock its owner reads the time. */
import { row } from '../rows.ts'

export type AccountFacts = Readonly<{
  name: string
  email: string
  timezone: string
  side: 'staff' | 'client'
}>

/** Null once the account is blocked or deleted: then there is nobody to write to. */
export const accountFacts = (userId: number): Promise<AccountFacts | null> =>
  row<AccountFacts>(
    `select name || coalesce(' ' || patronymic, '') as name, email, timezone,
            case when role = 'client' then 'client' else 'staff' end as side
       from users where id = $userId and state <> 'blocked' and deleted_at is null`,
    { userId },
  )

/** Where a newcomer who was refused corrects the request, once signed in. */
export const againAddress = (publicUrl: string): string => new URL('/cabinet/again', publicUrl).href

/** Where somebody of this side signs in: an address for letters. */
export const signInAddress = (side: 'staff' | 'client', publicUrl: string): string =>
  new URL(side === 'client' ? '/cabinet/login' : '/admin/login', publicUrl).href
