/** Whether letters reach the address of a person or an organisation, as far as mail servers have told. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import type { Mail } from '../../models/mail.ts'

// A fact told by a machine about a machine: neither audited nor a new version of the record.
async function mark(
  { recipient, organisationId }: Mail,
  since: Date | null,
  reason: string | null,
): Promise<void> {
  if (recipient === null) return
  const bind = [recipient.toLowerCase(), since, reason]
  await sequelize.query(
    `update users set email_failing_since = $2, email_failing_reason = $3
     where lower(email) = $1 and (email_failing_since is not null or $2::timestamptz is not null)`,
    { type: QueryTypes.UPDATE, bind },
  )
  if (organisationId !== null)
    await sequelize.query(
      `update organisations set email_failing_since = $2, email_failing_reason = $3
       where id = $4 and lower(email) = $1 and (email_failing_since is not null or $2::timestamptz is not null)`,
      { type: QueryTypes.UPDATE, bind: [...bind, organisationId] },
    )
}

/** In the ambient transaction of the letter's failure. */
export const markFailing = (mail: Mail, reason: string, now: Date): Promise<void> => mark(mail, now, reason)

/** A person knows that the address is right, or has had the letter sent once more. */
export const trustAgain = (mail: Mail): Promise<void> => mark(mail, null, null)
