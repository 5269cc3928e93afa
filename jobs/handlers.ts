/** Catalogue: every message handler of the worker. */
import type { Handler } from '../src/queue/handlers.ts'
import { accountingSend } from './handlers/accounting-send.ts'
import { documentGenerate } from './handlers/document-generate.ts'
import { exportRun } from './handlers/export-run.ts'
import { mailSend } from './handlers/mail-send.ts'

export const handlers: Handler[] = [accountingSend, documentGenerate, exportRun, mailSend]
