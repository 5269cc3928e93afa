/** Catalogue: every message handler of the worker. */
import type { Handler } from '../src/queue/handlers.ts'
import { accountRecover } from './handlers/account-recover.ts'
import { accountingSend } from './handlers/accounting-send.ts'
import { batchClosed } from './handlers/batch-closed.ts'
import { documentGenerate } from './handlers/document-generate.ts'
import { exportRun } from './handlers/export-run.ts'
import { identityCheck } from './handlers/identity-check.ts'
import { mailSend } from './handlers/mail-send.ts'
import { notificationDeliver } from './handlers/notification-deliver.ts'
import { registerImport } from './handlers/register-import.ts'
import { smsSend } from './handlers/sms-send.ts'

export const handlers: Handler[] = [
  accountRecover,
  accountingSend,
  batchClosed,
  documentGenerate,
  exportRun,
  identityCheck,
  mailSend,
  notificationDeliver,
  registerImport,
  smsSend,
]
