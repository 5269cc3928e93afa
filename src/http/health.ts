/** What a supervisor asks: is the process alive, and is it ready for work — with the late job named. */
import { Router } from 'express'
import { sequelize } from '../db/sequelize.ts'
import { log } from '../log.ts'
import { lateJobs } from '../queue/heartbeat.ts'

const PATIENCE_MS = 2000

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref(),
    ),
  ])

type Check = { ok: boolean; late?: { name: string; lateSeconds: number }[] }

async function database(): Promise<Check> {
  await inTime(sequelize.query('select 1'))
  return { ok: true }
}

async function jobs(): Promise<Check> {
  const late = (await inTime(lateJobs())).map(({ name, lateSeconds }) => ({ name, lateSeconds }))
  return late.length === 0 ? { ok: true } : { ok: false, late }
}

/** A check that cannot be made has failed; why is in the log, not in the answer, which anybody may read. */
async function outcome(name: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check()
  } catch (fault) {
    log.warn({ err: fault, check: name }, 'not ready')
    return { ok: false }
  }
}

export function health(): Router {
  const router = Router()
  router.get('/health/live', (_request, response) => void response.json({ ok: true }))
  router.get('/health/ready', async (_request, response) => {
    const checks = { database: await outcome('database', database), jobs: await outcome('jobs', jobs) }
    const ok = Object.values(checks).every((check) => check.ok)
    response
      .status(ok ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ok, ...checks })
  })
  return router
}
