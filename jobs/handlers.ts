/** Catalogue: every message handler of the worker. */
import type { Handler } from '../src/queue/handlers.ts'

export const handlers: Handler[] = []
