/** Whoever watches the installation hears of scheduled jobs that are late or did not succeed. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { lateJobs } from '../../queue/heartbeat.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'

type Trouble = { id: number; occasion: string; code: string }

/** One notification for each missed instant and each failed period, however often it is looked at; how many were new. */
export const tellOfJobs = operation('job.tell', async ({ actor, now }) => {
  if (actor.role !== 'system') throw new DomainError('forbidden')
  const late = await lateJobs()
  const lateIds = await sequelize.query<{ name: string; id: number }>(
    `select name, hashtext(name)::bigint as id from scheduled_jobs where name = any ($1)`,
    { type: QueryTypes.SELECT, bind: [late.map(({ name }) => name)] },
  )
  // A run that failed a moment ago is still tried again by itself.
  const failed = await sequelize.query<Trouble>(
    `select hashtext(job)::bigint as id, period as occasion, coalesce(error_code, '') as code from job_runs
     where result = 'failed' and period is not null
       and finished_at between now() - interval '1 day' and now() - interval '3 minutes'`,
    { type: QueryTypes.SELECT },
  )
  let told = 0
  for (const { name, expectedAt } of late) {
    const id = lateIds.find((one) => one.name === name)?.id
    if (id === undefined) continue
    told += await notify({
      kind: 'job-late',
      subjectId: id,
      occasion: expectedAt.toISOString(),
      officeId: null,
      now,
    })
  }
  for (const { id, occasion, code } of failed)
    told += await notify({
      kind: 'job-failed',
      subjectId: id,
      occasion,
      officeId: null,
      params: { code },
      now,
    })
  return told
})
