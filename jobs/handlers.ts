/** Catalogue: every message handler of the worker. */
import type { Handler } from '../src/queue/handlers.ts'
import { documentGenerate } from './handlers/document-generate.ts'
import { exportRun } from './handlers/export-run.ts'

export const handlers: Handler[] = [documentGenerate, exportRun]
