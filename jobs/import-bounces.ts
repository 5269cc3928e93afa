/** Scheduled: reports of undelivered letters are read from the mail folder the administrator named. */
import { open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../src/env.ts'
import { log } from '../src/log.ts'
import { parseBounce } from '../src/mail/parse-bounce.ts'
import { bounceMail, type BounceOutcome } from '../src/operations/mails/bounce-mail.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { defineJob } from './define-job.ts'

const filesAtOnce = 500
// The headers of the letter stand before its body: of a large report the beginning is enough.
const readAtMost = 512 * 1024

type Counts = Record<BounceOutcome | 'other', number>

/**
 * Reads `new` of a Maildir and moves each file to `cur` once what it says is committed: a worker that dies in between
 * reads it again, which changes nothing.
 */
export async function importBounces(folder: string, now: Date, signal: AbortSignal): Promise<Counts> {
  const counts: Counts = { bounced: 0, known: 0, early: 0, unknown: 0, other: 0 }
  const names = (await readdir(join(folder, 'new'))).toSorted().slice(0, filesAtOnce)
  for (const name of names) {
    signal.throwIfAborted()
    const outcome = await readReport(join(folder, 'new', name), now)
    counts[outcome] += 1
    if (outcome !== 'early') await rename(join(folder, 'new', name), join(folder, 'cur', `${name}:2,S`))
  }
  return counts
}

async function readReport(path: string, now: Date): Promise<BounceOutcome | 'other'> {
  const bounce = parseBounce(await beginningOf(path))
  const failed = bounce?.recipients.filter(({ action }) => action === 'failed') ?? []
  if (!bounce || failed.length === 0) return 'other'
  let outcome: BounceOutcome = 'unknown'
  for (const { address, reason } of failed) {
    const one = await bounceMail(systemContext('import-bounces', now), {
      messageIds: bounce.messageIds,
      address,
      reason,
    })
    if (one !== 'unknown') outcome = one
  }
  return outcome
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(readAtMost), 0, readAtMost, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export const importBouncesJob = defineJob({
  name: 'import-bounces',
  description: { ru: 'Отчёты о недоставленных письмах', en: 'Reports of undelivered letters' },
  every: { cron: '* * * * *', timezone: 'UTC' },
  timeoutMs: 5 * 60_000,
  async run({ now, signal }) {
    const folder = env().BOUNCE_DIR
    if (folder === undefined) return { configured: 0 }
    const counts = await importBounces(folder, now, signal)
    if (counts.bounced > 0) log.info(counts, 'letters came back')
    return counts
  },
})
