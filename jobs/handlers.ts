/** Catalogue: every message handler of the worker. */
import type { Handler } from '../src/queue/handlers.ts'
import { documentGenerate } from './handlers/document-generate.ts'

export const handlers: Handler[] = [documentGenerate]
