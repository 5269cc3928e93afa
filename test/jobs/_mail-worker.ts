/** A real worker process for tests that hands requests and letters over; its server is told by SMTP_URL. */
import { accountingSend } from '../../jobs/handlers/accounting-send.ts'
import { mailSend } from '../../jobs/handlers/mail-send.ts'
import { startWorker } from '../../jobs/worker.ts'
import { closeDatabase } from '../../src/db/pool.ts'

const worker = startWorker({
  handlers: [accountingSend, mailSend],
  jobs: [],
  policies: JSON.parse(process.env['WORKER_POLICIES'] ?? '{}') as object,
  sweepEveryMs: 200,
})
void worker.ready.then(() => process.send?.('ready'))
process.on(
  'SIGTERM',
  () =>
    void worker
      .stop()
      .then(closeDatabase)
      .then(() => process.exit(0)),
)
